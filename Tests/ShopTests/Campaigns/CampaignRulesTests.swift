import Kernel
import TestKit
import Testing
import Web

@testable import Shop

@Suite("What a campaign may be")
struct CampaignRulesTests {
  private let now = Market.start
  private let offset = 28_800

  private func form(_ changes: [String: String] = [:]) -> Form {
    var fields = [
      "title_zh": "周三鲜菜", "title_en": "", "note_zh": "", "note_en": "", "opens_at": "2026-11-23T08:00",
      "cut_off_at": "2026-11-23T22:00", "pickup_point": CampaignID(rawValue: 5).description,
      "pickup_from": "2026-11-24T16:00", "pickup_until": "2026-11-24T19:00", "minimum_kind": "none",
      "shortage_rule": "lottery", "commission": "8", "return_hours": "48",
    ]
    for (name, value) in changes { fields[name] = value }
    let body = fields.map { "\($0.key)=\(URLEncodedText.encode($0.value))" }.joined(separator: "&")
    return (try? Form(urlEncoded: Array(body.utf8))) ?? Form([:])
  }

  private func problems(_ changes: [String: String]) -> Set<String> {
    do {
      _ = try CampaignForm.draft(form(changes), offsetSeconds: offset, now: now)
      return []
    } catch let problem as Problem {
      return Set(problem.fields.map(\.field))
    } catch {
      return ["?"]
    }
  }

  @Test("Times are read as the community's clocks show them")
  func readsLocalTimes() throws {
    let draft = try CampaignForm.draft(form(), offsetSeconds: offset, now: now)
    #expect(draft.cutOffAt == Timestamp(rfc3339: "2026-11-23T14:00:00Z"))
    #expect(draft.title.english == "周三鲜菜")
    #expect(draft.shortageRule == .lottery)
  }

  @Test(
    "Each wrong field is named",
    arguments: [
      (["title_zh": ""], "title_zh"), (["cut_off_at": "2026-11-23T07:00"], "cut_off_at"),
      (["cut_off_at": "2026-11-23T15:59"], "cut_off_at"), (["cut_off_at": "2027-05-01T08:00"], "cut_off_at"),
      (["pickup_from": "2026-11-23T21:00"], "pickup_from"),
      (["pickup_until": "2026-11-24T16:00"], "pickup_until"), (["pickup_point": "here"], "pickup_point"),
      (["minimum_kind": "households"], "minimum_households"),
      (["minimum_kind": "households", "minimum_households": "0"], "minimum_households"),
      (["minimum_kind": "amount", "minimum_amount": "0"], "minimum_amount"),
      (["minimum_kind": "perhaps"], "minimum_kind"), (["shortage_rule": "mine_first"], "shortage_rule"),
      (["commission": "30.01"], "commission"),
      (["return_hours": "23"], "return_hours"),
      (["opens_at": "yesterday"], "opens_at"),
    ])
  func namesEachWrongField(_ changes: [String: String], _ field: String) {
    #expect(problems(changes).contains(field))
  }

  @Test("Several wrong fields are told at once")
  func tellsAllAtOnce() {
    #expect(problems(["title_zh": "", "opens_at": ""]).isSuperset(of: ["title_zh", "opens_at"]))
  }

  @Test("What a form shows is what it reads back, for any draft", arguments: 1...20 as ClosedRange<UInt64>)
  func roundTrips(_ seed: UInt64) throws {
    var chance = SeededGenerator(seed: seed)
    let opensAt = Timestamp(
      seconds: now.seconds / 60 * 60 + Int64.random(in: -100...100, using: &chance) * 60)
    let cutOffAt = opensAt + .minutes(Int64.random(in: 200...10_000, using: &chance))
    let minimums: [Campaign.Minimum] = [
      .none, .households(Int64.random(in: 1...100_000, using: &chance)),
      .amount(.fen(Int64.random(in: 1...999_999, using: &chance))),
    ]
    let draft = CampaignDraft(
      title: Phrase("团\(seed)", "Buy \(seed)"), note: Phrase("说明", "Note"), opensAt: opensAt,
      cutOffAt: cutOffAt, pickupPoint: PickupPointID(rawValue: 9), pickupFrom: cutOffAt,
      pickupUntil: cutOffAt + .minutes(1), minimum: minimums[Int(chance.next() % 3)],
      shortageRule: ShortageRule.allCases[Int(chance.next() % 4)],
      terms: CampaignTerms(
        commission: try #require(Rate(basisPoints: .random(in: 0...3_000, using: &chance))),
        returnHours: .random(in: CampaignTerms.returnHoursRange, using: &chance)))
    let state = CampaignForm.state(draft, offsetSeconds: offset)
    let names = [
      "title_zh", "title_en", "note_zh", "note_en", "opens_at", "cut_off_at", "pickup_point", "pickup_from",
      "pickup_until", "minimum_kind", "minimum_households", "minimum_amount", "shortage_rule", "commission",
      "return_hours",
    ]
    let read = try CampaignForm.draft(
      form(Dictionary(uniqueKeysWithValues: names.map { ($0, state.value($0)) })), offsetSeconds: offset,
      now: opensAt)
    #expect(read == draft)
  }

  @Test(
    "An earlier campaign moves by the fewest whole weeks that open it after now",
    arguments: 1...50 as ClosedRange<UInt64>)
  func movesByWholeWeeks(_ seed: UInt64) {
    var chance = SeededGenerator(seed: seed)
    let opensAt = now - .seconds(Int64.random(in: -700_000...9_000_000, using: &chance))
    let weeks = Campaign.weeksToNextSlot(opensAt: opensAt, now: now)
    #expect(weeks >= 1)
    #expect(opensAt + .days(7 * weeks) > now)
    #expect(weeks == 1 || opensAt + .days(7 * (weeks - 1)) <= now)
  }

  @Test("A campaign is open exactly from its opening until just before its cut-off")
  func isOpenBetweenItsTimes() {
    var campaign = Campaign(
      id: CampaignID(rawValue: 1), community: CommunityID(rawValue: 1), leader: PersonID(rawValue: 1),
      draft: CampaignDraft(
        title: Phrase(same: "t"), opensAt: now, cutOffAt: now + .hours(1),
        pickupPoint: PickupPointID(rawValue: 1),
        pickupFrom: now + .hours(2), pickupUntil: now + .hours(3)), lotterySeed: "", clonedFrom: nil)
    #expect(campaign.phase(at: now) == .draft)
    campaign.marks.publishedAt = now - .hours(1)
    let tick = Duration.microseconds(1)
    #expect(campaign.phase(at: now - tick) == .upcoming)
    #expect(campaign.takesOrders(at: now))
    #expect(campaign.takesOrders(at: campaign.cutOffAt - tick))
    #expect(!campaign.takesOrders(at: campaign.cutOffAt))
    #expect(campaign.phase(at: campaign.cutOffAt) == .closing)
    let enough = CampaignProgress(households: 1, amount: .fen(1))
    #expect(campaign.closing(at: campaign.cutOffAt - tick) { enough } == .later(campaign.cutOffAt))
    #expect(campaign.closing(at: campaign.cutOffAt) { enough } == .succeeds)
    campaign.minimum = .households(2)
    #expect(campaign.closing(at: campaign.cutOffAt) { enough } == .fails)
    campaign.marks.failedAt = campaign.cutOffAt
    #expect(campaign.closing(at: campaign.cutOffAt) { enough } == .nothing)
    #expect(!campaign.takesOrders(at: now))
  }

  @Test("An item cannot be free, limited to nobody, or need more than there is")
  func refusesImpossibleItems() {
    #expect(throws: Problem.self) { try CampaignItemDraft(price: .zero, stockKind: .onDemand) }
    #expect(throws: Problem.self) {
      try CampaignItemDraft(price: .fen(1), stockKind: .limited, units: 5, householdLimit: 0)
    }
    #expect(throws: Problem.self) {
      try CampaignItemDraft(price: .fen(1), stockKind: .limited, units: 5, minimumQuantity: 6)
    }
    #expect(throws: Never.self) {
      try CampaignItemDraft(price: .fen(1), stockKind: .onDemand, minimumQuantity: 6)
    }
  }

  @Test("A cut-off is told as neighbours speak of it")
  func speaksOfTimes() {
    let chinese = Wording(.chinese)
    let english = Wording(.english)
    let tonight = Timestamp(rfc3339: "2026-11-23T14:00:00Z") ?? now
    #expect(CampaignWords.moment(tonight, now: now, chinese) == "今晚 22:00")
    #expect(CampaignWords.moment(tonight, now: now, english) == "tonight at 22:00")
    #expect(CampaignWords.moment(tonight + .hours(12), now: now, chinese) == "明天 10:00")
    #expect(CampaignWords.moment(tonight + .days(1), now: now, chinese) == "明晚 22:00")
    #expect(CampaignWords.moment(tonight + .days(2), now: now, chinese) == "11月25日 周三 22:00")
  }

  @Test("The words of progress begin with the number that the bar follows")
  func progressBeginsWithItsNumber() throws {
    let progress = CampaignProgress(households: 12, amount: .fen(123_456))
    let households = try #require(CampaignWords.progress(progress, to: .households(30)))
    #expect(households.label.chinese.hasPrefix("12 "))
    #expect(households.label.chinese.contains("还差 18 户"))
    let amount = try #require(CampaignWords.progress(progress, to: .amount(.fen(200_000))))
    #expect(amount.label.english.hasPrefix("1234.56 "))
    #expect(amount.value == 1234)
    #expect(CampaignWords.progress(progress, to: .none) == nil)
  }
}
