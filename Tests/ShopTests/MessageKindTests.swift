import Kernel
import Testing

@testable import Messages
@testable import Shop

@Suite("What the Shop tells of, outside")
struct MessageKindTests {
  @Test("No headline is longer than the services take", arguments: Language.allCases)
  func length(_ language: Language) {
    for kind in Shop.messageKinds {
      let headline = kind.headline[language]
      #expect(!headline.isEmpty && headline.count <= OutsideText.valueLimit, "\(kind.code): \(headline)")
    }
  }

  @Test("What is urgent is still worth bringing when the quiet hours end")
  func patience() {
    // Whoever is on the way at nine in the evening has been or gone long before eight in the morning.
    let passing: Set = ["shop.booking_on_the_way"]
    let quiet = QuietHours.ordinary
    let night = Duration.minutes(Int64((quiet.until - quiet.from + 1440) % 1440))
    let urgent = Shop.messageKinds.filter { $0.isUrgent && !passing.contains($0.code) }
    #expect(!urgent.isEmpty)
    for kind in urgent { #expect(kind.patience > night, "\(kind.code)") }
  }
}
