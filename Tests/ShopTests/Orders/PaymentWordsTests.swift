import Kernel
import Testing
import Web

@testable import Shop

@Suite("How paying is said")
struct PaymentWordsTests {
  @Test(
    "A practice shop never speaks of cash, a live one never of practice money",
    arguments: [Language.chinese, .english])
  func words(_ language: Language) {
    func all(isPractice: Bool) -> String {
      let say = Wording(language, isPractice: isPractice)
      let words = PaymentWords(say)
      return
        (Order.PaymentMethod.allCases.map(words.way) + [
          words.standing(.due), words.standing(.received), say(words.received), words.toTake,
          words.taken(.fen(100)), words.paid, words.stillDue,
        ]).joined(separator: "|")
    }
    let (practice, live) = (all(isPractice: true), all(isPractice: false))
    let (cash, play) = language == .chinese ? ("现金", "练习币") : ("ash", "ractice money")
    #expect(!practice.contains(cash))
    for part in practice.split(separator: "|") { #expect(part.contains(play), "\(part)") }
    #expect(!live.contains(play) && live.contains(cash))
  }
}
