import Kernel
import People
import Resources
import Shop

extension MerchantDirectory {
  /// The merchants of the Shop. Somebody acts for one who belongs to it and is a merchant at this moment: whoever lost the
  /// role speaks for nobody, and a merchant who stopped supplying is spoken for by nobody.
  static func shop(_ directory: Directory) -> MerchantDirectory {
    MerchantDirectory(
      cards: { ids, community, snapshot in
        if ids.isEmpty { return [:] }
        let found = try snapshot.merchants(in: community, includesClosed: true).filter {
          ids.contains($0.id)
        }
        return Dictionary(found.map { ($0.id, Card($0)) }) { first, _ in first }
      },
      represented: { person, community, snapshot in
        let merchants = try snapshot.merchants(of: person, in: community).filter { $0.closedAt == nil }
        if merchants.isEmpty { return [] }
        let isMerchant = try directory.persons(holding: .merchant, in: community, snapshot).contains(person)
        return isMerchant ? merchants.map { Card($0) } : []
      },
      persons: { merchant, community, snapshot in
        guard let found = try snapshot.merchant(merchant, in: community), found.closedAt == nil else {
          return []
        }
        let holders = Set(try directory.persons(holding: .merchant, in: community, snapshot))
        return try snapshot.members(of: merchant, in: community).filter(holders.contains)
      }, choices: { try $1.merchants(in: $0).map { Card($0) } })
  }
}

extension MerchantDirectory.Card {
  /// A merchant is called by what stands over its door.
  fileprivate init(_ merchant: Merchant) {
    self.init(id: merchant.id, name: merchant.name.chinese)
  }
}
