package import Database
import HTTPTypes
import Hummingbird
import Kernel
package import Web

/// Where programs set the promotions of a leader's drafts.
package struct PromotionAPI: Sendable {
  private let database: Database

  package init(_ database: Database) {
    self.database = database
  }

  package func register(on routes: inout Routes) {
    let leaders = Access.Personal.roles(CampaignActor.roles)
    let own = Objects.own("campaigns that the leader runs")
    routes.put(
      "/api/v1/campaigns/:campaign/items/:item/price-tiers", for: leaders, objects: own,
      operation: PromotionOperations.setTiers
    ) { try await setTiers($0) }
    routes.put(
      "/api/v1/campaigns/:campaign/discount-steps", for: leaders, objects: own,
      operation: PromotionOperations.setSteps
    ) { try await setSteps($0) }
  }

  private func setTiers(_ signedIn: SignedIn) async throws -> Response {
    let item = try signedIn.id("item", of: CampaignItemKind.self)
    let tiers = try PromotionJSON.readTiers(try await signedIn.json())
    let words = tiers.map { "\($0.quantity)=\($0.price.minorUnits)" }
    let (campaign, actor) = try await database.campaign(runBy: signedIn)
    let key = try Self.key(signedIn, "PUT price-tiers", [campaign.id.description, item.description] + words)
    let answer = try await database.write(in: campaign.community) { transaction in
      try transaction.once(key) {
        try PromotionChanges.set(tiers, of: item, in: campaign.id, by: actor, in: transaction)
        var json = JSONWriter()
        json.object { PromotionJSON.writeAll(PriceTiers(tiers), to: &$0) }
        return StoredAnswer(status: 200, body: json.bytes)
      }
    }
    return Self.response(answer)
  }

  private func setSteps(_ signedIn: SignedIn) async throws -> Response {
    let steps = try PromotionJSON.readSteps(try await signedIn.json())
    let words = steps.all.map { "\($0.threshold.minorUnits)=\($0.discount.minorUnits)" }
    let (campaign, actor) = try await database.campaign(runBy: signedIn)
    let key = try Self.key(signedIn, "PUT discount-steps", [campaign.id.description] + words)
    let answer = try await database.write(in: campaign.community) { transaction in
      try transaction.once(key) {
        try PromotionChanges.set(steps, of: campaign.id, by: actor, in: transaction)
        var json = JSONWriter()
        json.object { PromotionJSON.writeAll(steps, to: &$0) }
        return StoredAnswer(status: 200, body: json.bytes)
      }
    }
    return Self.response(answer)
  }

  /// - Throws: `idempotency.key` when the header is missing or of another form.
  private static func key(
    _ signedIn: SignedIn, _ operation: StaticString, _ words: [String]
  ) throws -> IdempotencyKey {
    try IdempotencyKey(
      principal: signedIn.personID, operation: operation,
      key: keyName.flatMap { signedIn.request.headers[$0] } ?? "",
      body: Array(words.joined(separator: "\0").utf8))
  }

  private static func response(_ answer: StoredAnswer) -> Response {
    var response = Response.json(stored: answer.body, status: HTTPResponse.Status(code: answer.status))
    if answer.isReplayed, let name = replayedName {
      response.headers.append(HTTPField(name: name, value: "true"))
    }
    return response
  }

  private static let keyName = HTTPField.Name("Idempotency-Key")
  private static let replayedName = HTTPField.Name("Idempotency-Replayed")
}

/// The API of promotions as the OpenAPI document describes it.
enum PromotionOperations {
  static let setTiers = Operation(
    "setPriceTiers",
    Phrase(
      "团长给草稿里的一样商品设阶梯价：一共订到多少，所有人按多少算。",
      "Sets the price tiers of an item of the leader's draft: what everyone pays by how many are ordered in all."
    ),
    parameters: [.idempotencyKey], request: PromotionJSON.tierSetting,
    answers: [.init(200, Phrase("现在的阶梯价。", "The tiers as they stand."), PromotionJSON.tierSetting)])

  static let setSteps = Operation(
    "setDiscountSteps",
    Phrase(
      "团长给草稿设满减：一单满多少减多少，人人一样。",
      "Sets what the leader's draft takes off of larger orders, the same for everyone."),
    parameters: [.idempotencyKey], request: PromotionJSON.stepSetting,
    answers: [.init(200, Phrase("现在的满减。", "The steps as they stand."), PromotionJSON.stepSetting)])
}
