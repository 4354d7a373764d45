import Database
import HTTPTypes
import Hummingbird
import Kernel
import Web

extension Claims {
  func registerAPI(on routes: inout Routes) {
    let orders = Objects.own("household's orders")
    let limits = [RateLimit("shop.claim", 20, per: .minutes(10))]
    routes.post(
      "/api/v1/orders/:order/claims", for: .signedIn, objects: orders, limits: limits,
      operation: ClaimOperations.report
    ) { try await reportByAPI($0) }
    routes.get(
      "/api/v1/orders/:order/claims", for: .signedIn, objects: orders, operation: ClaimOperations.list
    ) { signedIn in
      let (_, claims) = try await ownOrder(signedIn)
      var json = JSONWriter(capacity: 1024)
      json.object { json in
        json.array("claims", claims) { json, claim in json.object { ClaimJSON.write(claim, to: &$0) } }
      }
      return .json(json)
    }
    routes.get(
      "/api/v1/claims/:claim", for: .signedIn, objects: Self.own, operation: ClaimOperations.show
    ) { .json(ClaimJSON.standing(try await shown($0).shown)) }
    routes.put(
      "/api/v1/claims/:claim/picture", for: .signedIn, objects: .own("household's claims"), limits: limits,
      bodyLimit: .upload, operation: ClaimOperations.picture
    ) { try await pictureByAPI($0) }
    routes.post(
      "/api/v1/claims/:claim/answer", for: .roles(ClaimActor.roles),
      objects: .own("claims that the person answers"), operation: ClaimOperations.answer
    ) { try await answerByAPI($0) }
  }

  private func reportByAPI(_ signedIn: SignedIn) async throws -> Response {
    let order: OrderID = try signedIn.id("order")
    let report = try ClaimJSON.report(try await signedIn.json(), of: order)
    let key = HTTPField.Name("Idempotency-Key").flatMap { signedIn.request.headers[$0] } ?? ""
    let community = signedIn.community.id
    let (shown, isRepeated) = try await database.write(in: community) { transaction in
      let (claim, isRepeated) = try desk.report(
        report, picture: nil, key: key,
        household: try JointPurchaseStore.party(of: signedIn, in: order, transaction), by: signedIn.personID,
        in: transaction)
      return (try ClaimReading.shown(claim, in: community, transaction), isRepeated)
    }
    var response = Response.json(ClaimJSON.standing(shown), status: isRepeated ? .ok : .created)
    response.headers.append(HTTPField(name: .location, value: "/api/v1/claims/\(shown.claim.id)"))
    if isRepeated, let name = HTTPField.Name("Idempotency-Replayed") { response.headers[name] = "true" }
    return response
  }

  private func pictureByAPI(_ signedIn: SignedIn) async throws -> Response {
    let id: ClaimID = try signedIn.id("claim")
    let picture = try await claimPicture(try await signedIn.body(limit: .upload))
    let community = signedIn.community.id
    let shown = try await database.write(in: community) { transaction in
      let claim = try desk.addPicture(
        picture, to: id, household: try JointPurchaseStore.party(of: signedIn, in: id, transaction),
        by: signedIn.personID, in: transaction)
      return try ClaimReading.shown(claim, in: community, transaction)
    }
    return .json(ClaimJSON.standing(shown))
  }

  private func answerByAPI(_ signedIn: SignedIn) async throws -> Response {
    let id: ClaimID = try signedIn.id("claim")
    let (remedy, seen) = try ClaimJSON.answer(try await signedIn.json())
    let community = signedIn.community.id
    let shown = try await database.write(in: community) { transaction in
      let claim = try desk.answer(
        id, remedy, seen: seen, by: signedIn.personID, roles: signedIn.roles, in: transaction)
      return try ClaimReading.shown(claim, in: community, transaction)
    }
    return .json(ClaimJSON.standing(shown))
  }
}

/// The API of after-sales as the OpenAPI document describes it.
enum ClaimOperations {
  static let report = Operation(
    "reportClaim",
    Phrase("报告取到的东西有问题。", "Reports that something is wrong with goods that were collected."),
    parameters: [.idempotencyKey], request: ClaimSchemas.report,
    answers: [
      .init(201, Phrase("报上去了。", "Reported."), ClaimSchemas.claim),
      .init(200, Phrase("同一请求的重复。", "A repeat of the same request."), ClaimSchemas.claim),
    ])

  static let list = Operation(
    "listClaims", Phrase("一个订单的售后。", "The claims of one order."),
    answers: [.init(200, Phrase("售后，先报的在前。", "The claims, oldest first."), ClaimSchemas.list)])

  static let show = Operation(
    "getClaim", Phrase("一件售后现在的样子。", "A claim as it stands."),
    answers: [.init(200, Phrase("售后。", "The claim."), ClaimSchemas.claim)])

  static let picture = Operation(
    "addClaimPicture",
    Phrase("给等答复的售后补一张照片。", "Adds a photo to a claim that waits for its answer."),
    answers: [.init(200, Phrase("照片收到了。", "The photo is there."), ClaimSchemas.claim)])

  static let answer = Operation(
    "answerClaim",
    Phrase(
      "答复一件售后；sequence 是看到的步数，别人先处理过就不作数。",
      "Answers a claim; sequence is how many steps were seen, so that nothing is answered twice."),
    request: ClaimSchemas.answer,
    answers: [.init(200, Phrase("答复后的售后。", "The claim after the answer."), ClaimSchemas.claim)])
}
