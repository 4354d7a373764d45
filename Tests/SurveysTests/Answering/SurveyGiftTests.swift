import Database
import Kernel
import TestKit
import Testing
import Web

@testable import People
@testable import Surveys

@Suite("Answers: what becomes a gift")
struct SurveyGiftTests {
  private struct Asked: Sendable {
    let path: String
    let person: PersonID
  }

  @Test("With a yes of its own the answer is handed on; never without", arguments: TestEngine.available)
  func named(_ engine: TestEngine) async throws {
    try await AnswerFixture.with(engine) { fixture in
      let basket = GiftBasket()
      let asked = try await Self.ask(.named, fixture)
      let browser = try await Self.browser(of: asked.person, basket, fixture)
      let page = try await browser.get(asked.path)
      #expect(page.text.contains("name=\"gift_yes\""))
      #expect(!page.text.contains("value=\"on\" checked"), "nobody says yes for them")
      let sent = try await Self.send(browser, asked.path, ["修自行车"], isTicked: true)
      #expect(sent.status == 303, "\(sent.text)")
      let gift = try #require(basket.gifts.first)
      #expect(basket.gifts.count == 1)
      #expect(gift.holder == .person(asked.person) && gift.source == .survey && gift.sourceID == nil)
      #expect(gift.name.chinese == "修自行车" && gift.kind == .personGift)
      let isAgreed = try await fixture.database.read {
        try GiftConsent.isGiven(by: asked.person, in: fixture.community, $0)
      }
      #expect(isAgreed)

      let quiet = try await Self.ask(.named, fixture)
      let other = try await Self.browser(of: quiet.person, basket, fixture)
      #expect(try await Self.send(other, quiet.path, ["唱戏"], isTicked: false).status == 303)
      let empty = try await Self.ask(.named, fixture)
      let third = try await Self.browser(of: empty.person, basket, fixture)
      #expect(try await Self.send(third, empty.path, [""], isTicked: true).status == 303)
      #expect(basket.gifts.count == 1, "no yes, or nothing offered")
      let others = try await fixture.database.read { snapshot in
        try [quiet.person, empty.person].contains {
          try GiftConsent.isGiven(by: $0, in: fixture.community, snapshot)
        }
      }
      #expect(!others, "a yes to nothing is none")
    }
  }

  @Test(
    "Where answers carry no name nothing is asked and nothing handed on, whatever is sent",
    arguments: TestEngine.available)
  func nameless(_ engine: TestEngine) async throws {
    try await AnswerFixture.with(engine) { fixture in
      for privacy in [ResponsePrivacy.anonymous, .separated] {
        let basket = GiftBasket()
        let asked = try await Self.ask(privacy, fixture)
        let browser = try await Self.browser(of: asked.person, basket, fixture)
        #expect(try await !browser.get(asked.path).text.contains("gift_yes"))
        let sent = try await Self.send(browser, asked.path, ["修自行车"], isTicked: true)
        #expect(sent.status == 303, "\(privacy)")
        #expect(basket.gifts.isEmpty, "\(privacy)")
      }
    }
  }

  @Test("A long answer is cut to a name and kept in its words", arguments: TestEngine.available)
  func long(_ engine: TestEngine) async throws {
    try await AnswerFixture.with(engine) { fixture in
      let basket = GiftBasket()
      let asked = try await Self.ask(.named, fixture)
      let browser = try await Self.browser(of: asked.person, basket, fixture)
      let name = String(repeating: "修", count: GiftProposal.nameLength.upperBound)
      let answer = "\(name)和别的都会一点"
      #expect(try await Self.send(browser, asked.path, [answer], isTicked: true).status == 303)
      #expect(basket.gifts.map(\.name.chinese) == [name])
      #expect(basket.gifts.map(\.words) == [answer])
    }
  }

  @Test("Nothing but a question for words can ask for a gift")
  func items() throws {
    var choice = SurveySample.item("lift", .selectOne(list: "yes"))
    choice.appearance = ["gift"]
    #expect(!choice.asksForGift)
    var definition = AnswerFixture.definition
    definition.items = [choice]
    #expect(FormCheck.problems(of: definition).contains { $0.isFault })
    definition.items = [Self.item]
    #expect(!FormCheck.problems(of: definition).contains { $0.isFault })
  }

  // MARK: - Parts

  private static var item: FormItem {
    var item = SurveySample.item("gift", .text)
    item.appearance = ["gift"]
    return item
  }

  /// A questionnaire with one question for a gift, and somebody who was sent its address.
  private static func ask(_ privacy: ResponsePrivacy, _ fixture: AnswerFixture) async throws -> Asked {
    let persons = try await fixture.station.persons([try TestStation.person("邻居", home: nil, phone: nil)])
    var definition = AnswerFixture.definition
    definition.items = [item]
    let (asking, worker) = (definition, fixture.worker)
    let version = try await fixture.write { transaction in
      try Consents.addNotices([NoticeTexts.gifts], in: transaction)
      let desk = QuestionnaireDesk()
      let terms = QuestionnaireTerms(
        title: "您会什么", purpose: "想知道大家会什么。", privacy: privacy, unit: .person, allowsRefusal: true)
      let id = try desk.make(terms, by: worker, in: transaction).id
      try desk.write(id, seen: 1, by: worker, in: transaction) { $0.definition = asking }
      return try desk.open(id, seen: 2, by: worker, in: transaction)
    }
    let collector = try await fixture.collect(version.questionnaire, by: .link)
    let token = fixture.staff.keys.token(of: collector, in: fixture.community)
    return Asked(path: "\(AnswerPages.base)/\(token)", person: persons[0])
  }

  private static func browser(
    of person: PersonID, _ basket: GiftBasket, _ fixture: AnswerFixture
  ) async throws -> Browser {
    try await fixture.station.browser(of: person) {
      AnswerDoors(staff: fixture.staff, gifts: SurveyGifts(proposals: basket.proposals)).register(on: &$0)
    }
  }

  private static func send(
    _ browser: Browser, _ path: String, _ answers: [String], isTicked: Bool
  ) async throws -> Browser.Answer {
    let page = try await browser.get(path)
    return try await browser.post(
      path,
      [
        "key": page.hidden("key") ?? "", "version": "1", "language": SurveySample.language.name,
        "shown": "gift", QuestionParts.field("gift"): answers[0], "gift_yes": isTicked ? "on" : "",
      ])
  }
}
