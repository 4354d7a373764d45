import Kernel
import Testing

@testable import Shop

@Suite("What is said of goods by the case")
struct CaseWordsTests {
  private func line(
    _ quantity: Int64, tolerance: Int64 = 0, wanted: Int64? = nil, allocated: Int64? = nil
  ) -> OrderLine {
    OrderLine(
      position: 0, item: CampaignItemID(rawValue: 1), name: Phrase(same: "蛋"), pack: Phrase(same: ""),
      unit: .box, price: .fen(100), placedQuantity: quantity, quantity: quantity, allocated: allocated,
      collected: 0, tolerance: tolerance, wanted: wanted)
  }

  @Test("a line says why it holds another number than was ordered")
  func lines() {
    #expect(CaseWords.standing(line(2)) == nil)
    #expect(CaseWords.standing(line(2, tolerance: 3))?.chinese == "凑箱可多要 3")
    #expect(CaseWords.standing(line(2, tolerance: 3, wanted: 2)) == nil)
    #expect(CaseWords.standing(line(4, tolerance: 3, wanted: 2))?.chinese == "订了 2，凑箱后是 4")
    #expect(CaseWords.standing(line(1, wanted: 2))?.chinese == "订了 2，凑箱后是 1")
    #expect(CaseWords.standing(line(0, wanted: 2, allocated: 0))?.chinese == "订了 2，没凑成整箱")
    #expect(
      CaseWords.standing(line(4, tolerance: 3, wanted: 2, allocated: 3))?.chinese == "订了 2，凑箱后是 4，没到齐")
    #expect(CaseWords.standing(line(2, wanted: 2, allocated: 1))?.english == "2 ordered; fewer supplied")
  }

  @Test("cases are counted only where they are whole")
  func cases() {
    #expect(CaseWords.whole(36, of: 12)?.chinese == "3 箱 × 12 = 36 份")
    #expect(CaseWords.whole(12, of: 12)?.english == "1 case × 12 = 12")
    #expect(CaseWords.whole(13, of: 12) == nil)
    #expect(CaseWords.whole(0, of: 12) == nil && CaseWords.whole(5, of: 1) == nil)
  }

  @Test("while orders are taken it is said what is missing, afterwards what was bought")
  func standing() {
    let item = CampaignItem(
      id: CampaignItemID(rawValue: 1), campaign: CampaignID(rawValue: 1), position: 1,
      product: ProductID(rawValue: 1), variant: VariantID(rawValue: 1), merchant: MerchantID(rawValue: 1),
      price: .fen(100), weighed: nil, stockKind: .onDemand, householdLimit: nil, minimumQuantity: 0,
      caseSize: 12)
    let at = Timestamp(seconds: 0)
    let draft = CampaignDraft(
      title: Phrase(same: ""), opensAt: at, cutOffAt: at, pickupPoint: PickupPointID(rawValue: 1),
      pickupFrom: at, pickupUntil: at)
    var campaign = Campaign(
      id: item.campaign, community: CommunityID(rawValue: 1), leader: PersonID(rawValue: 1), draft: draft,
      lotterySeed: "", clonedFrom: nil)
    func said(_ wanted: Int64, _ tolerated: Int64) -> String {
      CaseWords.standing(CasePack.Demand(wanted: wanted, tolerated: tolerated), item, of: campaign).chinese
    }
    #expect(said(0, 5) == "还没有人订")
    #expect(said(7, 2) == "还差 3 份成一箱")
    #expect(said(14, 0) == "已凑满 1 箱，还差 10 份成一箱")
    #expect(said(20, 4) == "已凑满 2 箱")
    campaign.marks.closedAt = at
    #expect(said(20, 4) == "买了 2 箱" && said(7, 2) == "没凑成整箱")
    campaign.marks.cancelledAt = at
    #expect(said(20, 4) == "没有进货")
  }

  @Test("what stands in the fields is read as far as it can be read")
  func fields() {
    #expect(CaseForm.pieces("2", "3") == (3, 5))
    #expect(CaseForm.pieces("2", "") == (0, 2))
    #expect(CaseForm.pieces("0", "4") == (0, 0))
    #expect(CaseForm.pieces("many", "-1") == (0, 0))
    #expect(CaseForm.text(0) == "" && CaseForm.text(3) == "3")
  }
}
