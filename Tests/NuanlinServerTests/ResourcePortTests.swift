import Activities
import Database
import Kernel
import People
import Resources
import Shop
import TestKit
import Testing

@testable import NuanlinServer

/// What Resources is told by other features, from goods that went through the whole program.
@Suite("Ports of Resources")
struct ResourcePortTests {
  @Test("Every figure of the catalogue is one that the Shop counts, and none is left over")
  func catalogue() {
    let codes = IndicatorCatalogue.shop { _, _, _, _, _ in nil }.map(\.code)
    #expect(Set(codes) == Set(ShopIndicators.Measure.allCases.map(\.rawValue)))
    #expect(Set(codes).count == codes.count)
  }

  @Test(
    "Who was handed something traded with the merchant, once, and is a home reached",
    arguments: TestEngine.available)
  func handedOver(_ engine: TestEngine) async throws {
    let offer = Shopping.Offer(price: .fen(1_000))
    try await Shopping.with(engine, offers: [offer, offer], buyers: 2) { shopping in
      let order = try await shopping.place(0, [2, 1])
      let missing = try await shopping.place(1, [1, 0])
      try await shopping.arrive([3, 1])
      try await shopping.handOver(order)
      let (community, directory) = (shopping.house.community, shopping.house.switchboard.people.directory)
      let sources = TieSources.joined(ShopTrades(), ActivityGatherings())
      let until = shopping.clock.now + .seconds(1)
      let (ties, reached) = try await shopping.database.read { snapshot in
        let reached = try IndicatorCatalogue.shop(directory).first { $0.code == "households_reached" }?
          .read(Shopping.start, until, community, snapshot)
        return (try sources.traded(Shopping.start, until, community, snapshot), reached)
      }
      #expect(ties.map(\.sourceID) == [order.rawValue] && order != missing)
      let tie = try #require(ties.first)
      #expect(tie.kind == .traded && tie.from == .merchant(shopping.merchant))
      #expect(tie.to == .person(shopping.buyers[0].person))
      #expect(reached?.numerator == 1 && reached?.people == 1)
    }
  }

  @Test("Who acts for a merchant belongs to it and is one", arguments: TestEngine.available)
  func merchants(_ engine: TestEngine) async throws {
    try await Shopping.with(engine, offers: [Shopping.Offer(price: .fen(1_000))]) { shopping in
      let community = shopping.house.community
      let port = MerchantDirectory.shop(shopping.house.switchboard.people.directory)
      // Belongs to it and is no merchant.
      let helper = try await shopping.house.person(roles: [.resident])
      try await shopping.database.write(in: community) { transaction in
        try transaction.insertMembers([(helper, shopping.merchant)])
      }
      let stranger = MerchantID(rawValue: 77)
      func look(_ body: @escaping @Sendable (Snapshot) throws -> Void) async throws {
        try await shopping.database.read { try body($0) }
      }
      try await look { (snapshot: Snapshot) throws -> Void in
        let cards = try port.cards([shopping.merchant, stranger], community, snapshot)
        #expect(cards.mapValues(\.name) == [shopping.merchant: "江禾农场"])
        let own = try port.represented(shopping.seller, community, snapshot)
        #expect(own.map(\.id) == [shopping.merchant])
        #expect(try port.represented(helper, community, snapshot).isEmpty)
        #expect(try port.persons(shopping.merchant, community, snapshot) == [shopping.seller])
        #expect(try port.persons(stranger, community, snapshot).isEmpty)
      }
      try await shopping.database.write(in: community) { transaction in
        try transaction.setClosed(true, by: .program(for: shopping.merchant, person: shopping.leader))
      }
      try await look { (snapshot: Snapshot) throws -> Void in
        #expect(try port.represented(shopping.seller, community, snapshot).isEmpty)
        #expect(try port.persons(shopping.merchant, community, snapshot).isEmpty)
        #expect(try port.cards([shopping.merchant], community, snapshot).count == 1, "its name stays")
      }
    }
  }
}
