import Kernel
import TestKit
import Testing

@testable import Shop

@Suite("What stands of claims on a case")
struct CaseClaimTests {
  private static let item = CampaignItemID(rawValue: 200)

  /// A book that notes changes as the order desk does.
  private struct Desk {
    var book = CaseBook()
    var second: Int64 = 0

    init() { book.levels[CaseClaimTests.item] = CaseLevel() }

    mutating func ask(_ order: Int64, _ quantity: Int64, _ tolerance: Int64 = 0) {
      second += 1
      book.note(
        OrderDifference(item: CaseClaimTests.item, position: 0, quantity: quantity, tolerance: tolerance),
        of: OrderID(rawValue: order), at: Timestamp(seconds: second))
    }

    var standing: [CasePack.Claim] { CaseClaims.standing(book.changes) }
  }

  /// What was asked when, piece by piece: the model is a list from which the last entries are struck off.
  private struct Pieces: Equatable {
    var wanted: [Int64: [Timestamp]] = [:]
    var tolerated: [Int64: [Timestamp]] = [:]

    mutating func ask(_ order: Int64, _ quantity: Int64, _ tolerance: Int64, at moment: Timestamp) {
      Self.change(&wanted[order, default: []], by: quantity, at: moment)
      Self.change(&tolerated[order, default: []], by: tolerance, at: moment)
    }

    private static func change(_ pieces: inout [Timestamp], by change: Int64, at moment: Timestamp) {
      if change < 0 {
        for _ in 0..<(-change) { pieces.removeLast() }
      } else {
        for _ in 0..<change { pieces.append(moment) }
      }
    }

    init() {}

    init(_ claims: [CasePack.Claim]) {
      for claim in claims.sorted(by: { $0.number < $1.number }) {
        ask(claim.order.rawValue, claim.quantity, claim.tolerance, at: claim.placedAt)
      }
    }

    func withoutEmpty() -> Pieces {
      var pieces = self
      pieces.wanted = wanted.filter { !$0.value.isEmpty }
      pieces.tolerated = tolerated.filter { !$0.value.isEmpty }
      return pieces
    }
  }

  @Test("what an order takes back it takes of what it asked last")
  func takesBackTheNewest() {
    var desk = Desk()
    desk.ask(1, 3, 1)
    desk.ask(2, 2)
    desk.ask(1, 2, 2)
    desk.ask(1, -3)
    let claims = desk.standing
    #expect(claims.map(\.order.rawValue) == [1, 2, 1])
    #expect(claims.map(\.quantity) == [2, 2, 0])
    #expect(claims.map(\.tolerance) == [1, 0, 2])
    #expect(claims.map(\.number) == [1, 2, 3])
    desk.ask(1, -2, -3)
    #expect(desk.standing.map(\.order.rawValue) == [2])
  }

  @Test("whatever is asked and taken back, what stands agrees with a list of single pieces")
  func agreesWithSinglePieces() {
    var random = SeededGenerator(seed: 31)
    for _ in 0..<300 {
      var desk = Desk()
      var model = Pieces()
      for _ in 0..<Int.random(in: 1...25, using: &random) {
        let order = Int64.random(in: 1...4, using: &random)
        let held = Int64(model.wanted[order]?.count ?? 0)
        let tolerated = Int64(model.tolerated[order]?.count ?? 0)
        let quantity = Int64.random(in: -held...4, using: &random)
        let tolerance = Int64.random(in: -tolerated...3, using: &random)
        desk.ask(order, quantity, tolerance)
        model.ask(order, quantity, tolerance, at: Timestamp(seconds: desk.second))
      }
      let standing = desk.standing
      #expect(Pieces(standing).withoutEmpty() == model.withoutEmpty())
      #expect(CaseClaims.standing(desk.book.changes.shuffled(using: &random)) == standing)
      let demand = desk.book.levels[Self.item]?.demand
      #expect(demand?.wanted == standing.reduce(0) { $0 + $1.quantity })
      #expect(demand?.tolerated == standing.reduce(0) { $0 + $1.tolerance })
      #expect(standing.allSatisfy { $0.quantity > 0 || $0.tolerance > 0 })
    }
  }

  @Test("what is sold by the piece leaves no claims")
  func notesNothingByThePiece() {
    var book = CaseBook()
    book.note(
      OrderDifference(item: Self.item, position: 0, quantity: 3, tolerance: 0), of: OrderID(rawValue: 1),
      at: Timestamp(seconds: 1))
    #expect(book.changes.isEmpty && book.levels.isEmpty)
  }
}
