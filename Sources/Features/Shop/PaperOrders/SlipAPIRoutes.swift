import Database
import HTTPTypes
import Hummingbird
import Kernel
import Web

extension Slips {
  func registerAPI(on routes: inout Routes) {
    let keyers = Access.Personal.roles(SlipKeyer.roles)
    let own = Objects.own("slips of campaigns that the person may key for")
    routes.get(
      "/api/v1/campaigns/:campaign/catalogue", for: keyers, objects: own, operation: SlipOperations.catalogue
    ) { signedIn in .json(SlipJSON.catalogue(try await latestSheet(signedIn))) }
    routes.post(
      "/api/v1/campaigns/:campaign/slips", for: keyers, objects: own, limits: Self.limits, bodyLimit: .json,
      operation: SlipOperations.send
    ) { try await sendByAPI($0) }
    routes.get(
      "/api/v1/slip-batches/:batch", for: keyers, objects: own, operation: SlipOperations.show
    ) { signedIn in .json(SlipJSON.batch(try await ownBatch(signedIn).0)) }
  }

  private func sendByAPI(_ signedIn: SignedIn) async throws -> Response {
    let campaign = try signedIn.id("campaign", of: CampaignKind.self)
    let draft = try SlipJSON.draft(try await signedIn.json())
    guard let name = Self.keyName, let key = signedIn.request.headers[name] else {
      throw Problem.idempotencyKeyUnusable
    }
    let id = try await take(draft, of: campaign, key: key, signedIn)
    let batch = try await database.read { try SlipBatchStore.find(id, in: signedIn.community.id, $0) }
    guard let batch else { throw Problem.internalFault }
    var response = Response.json(SlipJSON.batch(batch), status: .created)
    response.headers.append(HTTPField(name: .location, value: "/api/v1/slip-batches/\(id)"))
    return response
  }

  private static let keyName = HTTPField.Name("Idempotency-Key")
}

/// The API of slips as the OpenAPI document describes it.
enum SlipOperations {
  static let catalogue = Operation(
    "getPaperCatalogue",
    Phrase(
      "最新一版纸上目录：编号、商品和价钱。", "The newest catalogue on paper: codes, items and prices."),
    answers: [.init(200, Phrase("目录。", "The catalogue."), SlipJSON.catalogueSchema)])

  static let send = Operation(
    "sendSlips",
    Phrase(
      "发来一叠没网时录的纸单；每张各有结果，同一张不会下两次单。",
      "Sends slips that were keyed without a network; each has its own result, and none is ordered twice."),
    parameters: [.idempotencyKey], request: SlipJSON.sendingSchema,
    answers: [.init(201, Phrase("每张单子的结果。", "What became of each slip."), SlipJSON.batchSchema)])

  static let show = Operation(
    "getSlipBatch", Phrase("一叠单子的结果。", "What became of a batch of slips."),
    answers: [.init(200, Phrase("每张单子的结果。", "What became of each slip."), SlipJSON.batchSchema)])
}
