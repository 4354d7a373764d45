import Kernel
import Web

/// What merchants type of a worker: who it is, what they do, and when.
struct WorkerForm: Sendable {
  let details: Worker.Details
  /// The telephone of a person of the community; empty for somebody with a name alone.
  let phone: String

  /// - Parameter services: those of the merchant.
  /// - Throws: `form.invalid` naming each field.
  init(_ form: Form, services: [ServiceID]) throws {
    var reader = FormReader(form)
    let name = ServiceForm.phrase("name", length: 20, isRequired: true, &reader)
    let introduction = ServiceForm.phrase("introduction", length: 300, isRequired: false, &reader)
    let certificate = reader.text("certificate", length: 1...200, isRequired: false) ?? ""
    let until = Self.day("certificate_until", &reader)
    let hours = (1...7).flatMap { Self.hours(weekday: $0, &reader) }
    phone = reader.raw("phone") ?? ""
    try reader.finish()
    guard let name else { throw Problem.internalFault }
    let chosen = Set(services.filter { form.all(Self.field($0)).contains("on") })
    details = Worker.Details(
      name: name, introduction: introduction ?? Phrase(same: ""), certificate: certificate,
      certificateUntil: until, services: chosen, hours: hours)
  }

  private static func day(_ name: String, _ reader: inout FormReader) -> Int64? {
    guard let text = reader.raw(name) else { return nil }
    guard let date = CivilDateTime(iso: text) else {
      reader.add(name, Phrase("请填日期，如 2027-06-30。", "Please enter a date like 2027-06-30."))
      return nil
    }
    return date.dayNumber
  }

  static func field(_ weekday: Int) -> String { "hours_\(weekday)" }
  static func field(_ service: ServiceID) -> String { "service_\(service)" }

  /// `09:00-12:00 14:00-18:00`; empty for a day off.
  private static func hours(weekday: Int, _ reader: inout FormReader) -> [WeeklyHours] {
    guard let text = reader.raw(field(weekday)) else { return [] }
    guard let hours = hours(text, on: weekday) else {
      reader.add(
        field(weekday),
        Phrase(
          "请写成 09:00-12:00 14:00-18:00，时间按一刻钟。",
          "Please write it like 09:00-12:00 14:00-18:00, in quarters of an hour."))
      return []
    }
    return hours
  }

  static func hours(_ text: String, on weekday: Int) -> [WeeklyHours]? {
    let plain = text.replacing("：", with: ":").replacing("–", with: "-").replacing("—", with: "-")
      .replacing("，", with: " ").replacing(",", with: " ").replacing("；", with: " ")
    var found: [WeeklyHours] = []
    for part in plain.split(separator: " ") {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { minutes(String($0)) }
      guard ends.count == 2, let opens = ends[0], let closes = ends[1],
        let hours = WeeklyHours(weekday: weekday, opens: opens, closes: closes), found.count < 4,
        found.allSatisfy({ $0.closes <= opens || closes <= $0.opens })
      else { return nil }
      found.append(hours)
    }
    return found.sorted { $0.opens < $1.opens }
  }

  private static func minutes(_ text: String) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let hour = DecimalText.parse(String(parts[0]), decimals: 0),
      let minute = DecimalText.parse(String(parts[1]), decimals: 0), (0...24).contains(hour),
      (0...59).contains(minute)
    else { return nil }
    return Int(hour * 60 + minute)
  }

  static func text(_ hours: [WeeklyHours]) -> String {
    hours.map { "\(clock($0.opens))-\(clock($0.closes))" }.joined(separator: " ")
  }

  private static func clock(_ minutes: Int) -> String {
    let (hour, minute) = (minutes / 60, minutes % 60)
    return "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
  }

  /// What the form shows of a worker; of a new one, an ordinary week.
  static func state(_ worker: Worker?) -> [String: String] {
    guard let details = worker?.details else {
      return Dictionary((1...5).map { (field($0), "09:00-12:00 14:00-18:00") }) { first, _ in first }
    }
    var values = [
      "name_zh": details.name.chinese, "name_en": details.name.typedEnglish,
      "introduction_zh": details.introduction.chinese, "introduction_en": details.introduction.typedEnglish,
      "certificate": details.certificate,
      "certificate_until": details.certificateUntil.map {
        CivilDateTime(Timestamp(seconds: $0 * 86_400), offsetSeconds: 0).isoDate
      } ?? "",
    ]
    for service in details.services { values[field(service)] = "on" }
    for weekday in 1...7 {
      values[field(weekday)] = text(details.hours.filter { $0.weekday == weekday })
    }
    return values
  }
}
