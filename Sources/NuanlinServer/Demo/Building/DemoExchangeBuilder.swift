import Database
import Kernel
import People
import Resources
import Shop

/// What neighbours, merchants and organisations of the demo offer each other, and what came of it.
struct DemoExchangeBuilder: Sendable {
  let stage: DemoStage
  let town: DemoTownIDs
  let shop: DemoShopIDs

  /// Who acts for which organisation.
  private static let representatives = [
    ("cold-chain", "lin-xiaoyun"), ("committee", "gu-jianping"), ("volunteers", "zhao-guoqiang"),
    ("chamber", "fang-li"), ("choir", "sun-yulan"),
  ]

  func build() async throws {
    defer { stage.builder.clock.move(to: stage.now) }
    try await represent()
    let cipher = try await stage.switchboard.resources.assetEntries.cipher(of: stage.community.id)
    let count = try await DemoAssetBuilder(stage: stage, town: town, cipher: cipher).build()
    try await DemoHelpBuilder(stage: stage, town: town).build()
    try await DemoBookingBuilder(stage: stage, town: town).build()
    try await DemoVanBuilder(stage: stage, town: town).build()
    try await DemoAlertBuilder(stage: stage).build()
    try await DemoJointBuilder(stage: stage, shop: shop).build()
    try await DemoFigureBuilder(stage: stage, town: town).build()
    stage.builder.tell("  \(count) 条身边的本事。 \(count) entries of the asset map.")
  }

  private func represent() async throws {
    let (entries, worker) = (stage.switchboard.resources.networkEntries, try stage.worker())
    let found = Self.representatives.compactMap { pair -> (OrganisationID, String)? in
      guard let organisation = town.organisations[pair.0],
        case .phone(let phone)? = DemoPeople.withKey(pair.1)?.signIn
      else { return nil }
      return (organisation, phone)
    }
    try await stage.step(stage.day(57)) { transaction in
      for (organisation, phone) in found {
        try entries.represent(organisation, phone: phone, by: worker, in: transaction)
      }
    }
  }
}

extension DemoStage {
  /// One of the cast as the merchant, leader or neighbour that they are.
  func actor(_ key: String, as role: Role = .resident) throws -> Actor {
    Actor(person: try person(key), role: role)
  }

  /// The merchant of one of the cast.
  func merchant(of key: String) async throws -> MerchantID {
    let (person, community) = (try person(key), community.id)
    let found = try await switchboard.database.read { try $0.merchants(of: person, in: community).first }
    guard let found else { throw Problem.internalFault }
    return found.id
  }
}
