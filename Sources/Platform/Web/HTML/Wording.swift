package import Kernel

/// Chooses between the two wordings of everything a page says, and writes times and amounts as the reader expects.
///
/// ```swift
/// "<h1>\(say("选购", "Choose"))</h1>"
/// ```
package struct Wording: Sendable {
  package let language: Language
  /// The community's distance from UTC, in seconds; 28,800 in China.
  package let offsetSeconds: Int
  /// Whether what is said is said in a practice shop, where no money is real.
  package let isPractice: Bool

  package init(_ language: Language, offsetSeconds: Int = 28_800, isPractice: Bool = false) {
    self.language = language
    self.offsetSeconds = offsetSeconds
    self.isPractice = isPractice
  }

  package func callAsFunction(
    _ chinese: @autoclosure () -> String, _ english: @autoclosure () -> String
  ) -> String {
    language == .chinese ? chinese() : english()
  }

  package func callAsFunction(_ phrase: Phrase) -> String { phrase[language] }

  /// Chooses between two pieces of HTML.
  package func html(_ chinese: @autoclosure () -> HTML, _ english: @autoclosure () -> HTML) -> HTML {
    language == .chinese ? chinese() : english()
  }

  /// `11月23日 周一 16:05`, `Mon 23 Nov 16:05`. The year is added where it is not `year`.
  package func dateTime(_ moment: Timestamp, inYear year: Int? = nil) -> String {
    "\(day(moment, inYear: year)) \(time(moment))"
  }

  /// `11月23日 周一`, `Mon 23 Nov`. The year is added where it is not `year`.
  package func day(_ moment: Timestamp, inYear year: Int? = nil) -> String {
    day(civil(moment), inYear: year)
  }

  package func day(_ date: CivilDateTime, inYear year: Int? = nil) -> String {
    let showsYear = year.map { $0 != date.year } ?? false
    switch language {
    case .chinese:
      return "\(showsYear ? "\(date.year)年" : "")\(date.month)月\(date.day)日 \(weekday(date.weekday))"
    case .english:
      let month = Self.englishMonths[(date.month - 1) % 12]
      return "\(weekday(date.weekday)) \(date.day) \(month)\(showsYear ? " \(date.year)" : "")"
    }
  }

  /// `2026年11月`, `Nov 2026`: where a day would say too much.
  package func month(_ moment: Timestamp) -> String {
    let date = civil(moment)
    return self("\(date.year)年\(date.month)月", "\(Self.englishMonths[(date.month - 1) % 12]) \(date.year)")
  }

  /// `16:05`
  package func time(_ moment: Timestamp) -> String { civil(moment).shortTime }

  /// `11月23日 周一 16:00–19:00`; both days are named where they differ.
  package func span(from start: Timestamp, to end: Timestamp) -> String {
    let sameDay = civil(start).dayNumber == civil(end).dayNumber
    return "\(dateTime(start))–\(sameDay ? time(end) : dateTime(end))"
  }

  /// The name of a weekday, 1 Monday … 7 Sunday: `周一`, `Mon`.
  package func weekday(_ number: Int) -> String {
    let names = language == .chinese ? Self.chineseWeekdays : Self.englishWeekdays
    return names[(number + 6) % 7]
  }

  /// So many things: `3 单`, `3 orders`, `1 order`.
  ///
  /// - Parameters:
  ///   - measure: the Chinese measure word.
  ///   - one: the English noun for one of them.
  ///   - many: the English plural; nil adds an s.
  package func count(
    _ number: some BinaryInteger, _ measure: String, _ one: String, many: String? = nil
  ) -> String {
    self("\(number) \(measure)", "\(number) \(number == 1 ? one : many ?? one + "s")")
  }

  /// `¥12.50`
  package func money(_ amount: Money) -> String { amount.display }

  package func quantity(_ quantity: Quantity) -> String { quantity.display[language] }

  /// The date and time that clocks in the community show.
  package func civil(_ moment: Timestamp) -> CivilDateTime {
    CivilDateTime(moment, offsetSeconds: offsetSeconds)
  }

  private static let chineseWeekdays = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"]
  private static let englishWeekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
  private static let englishMonths = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}
