import Kernel
import People
import Web

/// Reads what a place is.
enum PlaceForm {
  /// What stands for nothing in a list.
  static let none = "none"

  /// - Throws: `form.invalid` naming every wrong field.
  static func terms(_ form: Form) throws -> PlaceTerms {
    var reader = FormReader(form)
    let kind = reader.choice("kind", of: Place.Kind.self)
    let chinese = reader.text("name", length: 1...60)
    let english = reader.text("name_english", length: 1...60, isRequired: false)
    let address = reader.text("address", length: 1...100)
    let description = reader.lines("description", length: 1...1000, isRequired: false)
    let hours = hours(&reader)
    let organisation = chosen("keeper_organisation", OrganisationKind.self, &reader)
    let keeper = chosen("keeper", PersonKind.self, &reader)
    let phone = OfficialPhone.read("phone", &reader)
    let visibility = reader.choice("visibility", of: Place.Visibility.self)
    let position = position(&reader)
    let shape = point(&reader)
    try reader.finish()
    guard let kind, let chinese, let address, let visibility else { throw Problem.internalFault }
    let stepFree = form.all("step_free").first
    return PlaceTerms(
      kind: kind, name: Phrase(chinese, english ?? chinese), address: address,
      description: description ?? "", hours: hours, keeperOrganisation: organisation, keeper: keeper,
      phone: phone, isStepFree: stepFree == "yes" ? true : stepFree == "no" ? false : nil,
      visibility: visibility, position: position, shape: shape)
  }

  private static func chosen<Kind>(
    _ name: String, _ kind: Kind.Type, _ reader: inout FormReader
  ) -> Identifier<Kind>? {
    guard let text = reader.raw(name), text != none else { return nil }
    return reader.identifier(name, of: kind)
  }

  private static func hours(_ reader: inout FormReader) -> OpeningHours {
    var days: [Int: [OpeningHours.Interval]] = [:]
    for weekday in OpeningHours.weekdays {
      guard let text = reader.text("hours_\(weekday)", length: 1...100, isRequired: false) else { continue }
      guard let times = OpeningHours.intervals(text) else {
        reader.add(
          "hours_\(weekday)",
          Phrase("请写成 9:00–12:00，几段之间用顿号。", "Please write 9:00–12:00, with commas between several."))
        continue
      }
      days[weekday] = times
    }
    return OpeningHours(days)
  }

  private static func position(_ reader: inout FormReader) -> GeoPosition? {
    let (latitude, longitude) = (number("latitude", &reader), number("longitude", &reader))
    guard latitude != nil || longitude != nil else { return nil }
    guard let latitude, let longitude,
      let position = GeoPosition(latitude: latitude, longitude: longitude)
    else {
      reader.add("latitude", Phrase("请同时填纬度和经度。", "Please give both latitude and longitude."))
      return nil
    }
    return position
  }

  private static func point(_ reader: inout FormReader) -> PlanShape? {
    let (x, y) = (number("plan_x", &reader), number("plan_y", &reader))
    guard x != nil || y != nil else { return nil }
    guard let x, let y, abs(x) <= 20_000, abs(y) <= 20_000 else {
      reader.add("plan_x", Phrase("请同时填向东和向北的米数。", "Please give metres to the east and to the north."))
      return nil
    }
    return .point(PlanPoint(x: x, y: y))
  }

  private static func number(_ name: String, _ reader: inout FormReader) -> Double? {
    guard let text = reader.text(name, length: 1...20, isRequired: false) else { return nil }
    guard let number = Double(text), number.isFinite else {
      reader.add(name, Phrase("请填一个数。", "Please enter a number."))
      return nil
    }
    return number
  }

  /// A place as it stands in its form.
  static func state(_ terms: PlaceTerms) -> FormState {
    let stepFree: String =
      switch terms.isStepFree {
      case .some(true): "yes"
      case .some(false): "no"
      case nil: "unknown"
      }
    var stored: [String: String] = [
      "kind": terms.kind.rawValue, "name": terms.name.chinese, "name_english": terms.name.english,
      "address": terms.address, "description": terms.description, "phone": terms.phone,
      "visibility": terms.visibility.rawValue, "step_free": stepFree,
    ]
    stored["keeper_organisation"] = terms.keeperOrganisation?.description ?? none
    stored["keeper"] = terms.keeper?.description ?? none
    if let position = terms.position {
      stored["latitude"] = "\(position.latitude)"
      stored["longitude"] = "\(position.longitude)"
    }
    for weekday in OpeningHours.weekdays { stored["hours_\(weekday)"] = terms.hours.text(on: weekday) }
    if let shape = terms.shape, shape.form == .point, let point = shape.centre {
      stored["plan_x"] = "\(point.x)"
      stored["plan_y"] = "\(point.y)"
    }
    return FormState(stored)
  }

  /// The file with the plan.
  /// - Throws: `form.invalid` naming `plan`.
  static func plan(_ form: Form) throws -> [UInt8] {
    guard let file = form.file("plan"), !file.bytes.isEmpty else {
      throw Problem.invalid([
        FieldProblem("plan", Phrase("请选一个文件。", "Please choose a file."))
      ])
    }
    return file.bytes
  }
}
