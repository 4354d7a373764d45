package import Database
import HTTPTypes
import Hummingbird
import Kernel
package import People
package import Web

/// Where leaders open their campaigns, fill them, publish them and look after them.
package struct CampaignDesk: Sendable {
  private static let listLimit = 60
  let database: Database
  let directory: Directory
  let books: Bookkeeping

  package init(_ database: Database, directory: Directory, books: Bookkeeping) {
    self.database = database
    self.directory = directory
    self.books = books
  }

  package func register(on routes: inout Routes) {
    let leaders = Access.Personal.roles(CampaignActor.roles)
    let own = Objects.own("campaigns that the leader runs")
    routes.get("/desk/campaigns", for: leaders, objects: own) { try await list($0) }
    routes.get("/desk/campaigns/new", for: leaders, objects: .community) { try await new($0) }
    routes.post("/desk/campaigns", for: leaders, objects: own) { try await create($0) }
    routes.get("/desk/campaigns/:campaign", for: leaders, objects: own) { try await show($0) }
    routes.get("/desk/campaigns/:campaign/edit", for: leaders, objects: own) { try await edit($0) }
    routes.post("/desk/campaigns/:campaign/edit", for: leaders, objects: own) { try await change($0) }
    routes.post("/desk/campaigns/:campaign/publish", for: leaders, objects: own) { try await publish($0) }
    routes.get("/desk/campaigns/:campaign/cancel", for: leaders, objects: own) { try await confirm($0) }
    routes.post("/desk/campaigns/:campaign/cancel", for: leaders, objects: own) { try await cancel($0) }
    routes.post("/desk/campaigns/:campaign/clone", for: leaders, objects: own) { try await clone($0) }
    registerItems(on: &routes, leaders, own)
  }

  // MARK: - Handlers

  private func list(_ signedIn: SignedIn) async throws -> Response {
    let community = signedIn.community.id
    let isStaff = !signedIn.roles.isDisjoint(with: [.committee, .operator])
    let leader = isStaff ? nil : signedIn.personID
    let campaigns = try await database.read {
      try CampaignStore.deskList(leader: leader, in: community, limit: Self.listLimit, $0)
    }
    return .page(pages(signedIn).list(campaigns), signedIn)
  }

  private func new(_ signedIn: SignedIn) async throws -> Response {
    let choices = try await choices(signedIn)
    let state = CampaignForm.suggestion(
      now: signedIn.now, offsetSeconds: signedIn.community.offsetSeconds,
      pickupPoint: choices.points.first?.id)
    return .page(newForm(state, choices, signedIn), signedIn)
  }

  private func create(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    do {
      let draft = try CampaignForm.draft(
        form, offsetSeconds: signedIn.community.offsetSeconds, now: signedIn.now)
      guard
        let actor = CampaignActor(
          person: signedIn.personID, roles: signedIn.roles, leader: signedIn.personID)
      else { throw Problem.forbidden }
      let seed = LotterySeed.make()
      let campaign = try await database.write(in: signedIn.community.id) {
        try requireParts(draft.terms, in: $0)
        return try CampaignChanges.create(
          draft, leader: actor.person, lotterySeed: seed, by: actor, in: $0)
      }
      return .redirect(to: "/desk/campaigns/\(campaign.id)/items")
    } catch let problem as Problem where problem.status == 422 {
      return .page(
        newForm(FormState(form, problem), try await choices(signedIn), signedIn), signedIn,
        status: .unprocessableContent)
    }
  }

  private func show(_ signedIn: SignedIn) async throws -> Response {
    let (campaign, _) = try await own(signedIn)
    return .page(try await deskPage(campaign, [], signedIn), signedIn)
  }

  private func edit(_ signedIn: SignedIn) async throws -> Response {
    let (campaign, _) = try await own(signedIn)
    let state = CampaignForm.state(
      CampaignDraft(campaign), offsetSeconds: signedIn.community.offsetSeconds)
    return .page(try await editForm(campaign, state, signedIn), signedIn)
  }

  private func change(_ signedIn: SignedIn) async throws -> Response {
    let (campaign, actor) = try await own(signedIn)
    let form = try await signedIn.form()
    let offset = signedIn.community.offsetSeconds
    do {
      if campaign.isDraft {
        let draft = try CampaignForm.draft(form, offsetSeconds: offset, now: signedIn.now)
        try await database.write(in: campaign.community) {
          try requireParts(draft.terms, in: $0)
          try CampaignChanges.change(campaign.id, to: draft, by: actor, in: $0)
        }
      } else {
        let amendment = try CampaignForm.amendment(
          form, of: campaign, offsetSeconds: offset, now: signedIn.now)
        try await database.write(in: campaign.community) {
          try CampaignChanges.amend(campaign.id, to: amendment, by: actor, in: $0)
        }
      }
      return .redirect(to: "/desk/campaigns/\(campaign.id)")
    } catch let problem as Problem where problem.status == 422 {
      return .page(
        try await editForm(campaign, FormState(form, problem), signedIn), signedIn,
        status: .unprocessableContent)
    }
  }

  private func publish(_ signedIn: SignedIn) async throws -> Response {
    let (campaign, actor) = try await own(signedIn)
    do {
      try await database.write(in: campaign.community) {
        // Who was a courier when the draft was made may be none any more when it is published.
        let terms = try CampaignStore.find(campaign.id, in: campaign.community, $0)?.terms
        let problems = try problems(with: terms?.carrier, in: $0)
        guard problems.isEmpty else { throw Problem.invalid(problems) }
        try CampaignChanges.publish(campaign.id, books, by: actor, in: $0)
      }
      return .redirect(to: "/desk/campaigns/\(campaign.id)")
    } catch let problem as Problem where problem.status == 422 {
      return .page(
        try await deskPage(campaign, problem.fields, signedIn), signedIn, status: .unprocessableContent)
    }
  }

  private func confirm(_ signedIn: SignedIn) async throws -> Response {
    let (campaign, _) = try await own(signedIn)
    guard campaign.canBeCancelled else { throw Problem.campaignCannotCancel }
    let progress = try await database.read {
      try CampaignStore.progress(of: campaign.id, in: campaign.community, $0)
    }
    return .page(pages(signedIn).cancelling(campaign, progress), signedIn)
  }

  private func cancel(_ signedIn: SignedIn) async throws -> Response {
    let (campaign, actor) = try await own(signedIn)
    try await database.write(in: campaign.community) {
      try CampaignChanges.cancel(campaign.id, books, by: actor, in: $0)
    }
    return .redirect(to: "/desk/campaigns/\(campaign.id)")
  }

  private func clone(_ signedIn: SignedIn) async throws -> Response {
    let (campaign, actor) = try await own(signedIn)
    let seed = LotterySeed.make()
    let copy = try await database.write(in: campaign.community) {
      try CampaignChanges.clone(campaign.id, lotterySeed: seed, by: actor, in: $0)
    }
    return .redirect(to: "/desk/campaigns/\(copy.id)")
  }

  // MARK: - Parts

  /// The campaign in the path, if the visitor may run it.
  /// - Throws: `not_found` for every other one.
  func own(_ signedIn: SignedIn) async throws -> (Campaign, CampaignActor) {
    let id = try signedIn.id("campaign", of: CampaignKind.self)
    let community = signedIn.community.id
    guard let campaign = try await database.read({ try CampaignStore.find(id, in: community, $0) }),
      campaign.booking == nil,
      let actor = CampaignActor(
        person: signedIn.personID, roles: signedIn.roles, leader: campaign.leader)
    else { throw Problem.notFound }
    return (campaign, actor)
  }

  private func deskPage(
    _ campaign: Campaign, _ problems: [FieldProblem], _ signedIn: SignedIn
  ) async throws -> Page {
    let (point, items, progress, parts) = try await database.read { snapshot in
      (
        try snapshot.pickupPoint(campaign.pickupPoint, in: campaign.community),
        try CampaignStore.deskItems(of: campaign.id, in: campaign.community, snapshot),
        try CampaignStore.progress(of: campaign.id, in: campaign.community, snapshot),
        try partNames(campaign, snapshot)
      )
    }
    return pages(signedIn).desk(
      campaign, point, items, progress, parts, problems: problems)
  }

  private func partNames(_ campaign: Campaign, _ snapshot: Snapshot) throws -> CampaignDeskPages.PartNames {
    var names = CampaignDeskPages.PartNames()
    if let carrier = campaign.terms.carrier?.person {
      names.carrier = try directory.displayNames(of: [carrier], in: campaign.community, snapshot)[carrier]
    }
    if let fund = campaign.terms.fund?.fund {
      names.fund = try books.funds(campaign.community, snapshot).first { $0.id == fund }?.name
    }
    return names
  }

  private func newForm(
    _ state: FormState, _ choices: CampaignDeskPages.Choices, _ signedIn: SignedIn
  ) -> Page {
    pages(signedIn).form(
      state, choices, to: "/desk/campaigns",
      title: signedIn.say("开一个新团", "A new group-buy"),
      submit: Phrase("下一步：加商品", "Next: add items"))
  }

  private func editForm(
    _ campaign: Campaign, _ state: FormState, _ signedIn: SignedIn
  ) async throws -> Page {
    guard campaign.isDraft else { return pages(signedIn).amendment(campaign, state) }
    let choices = try await choices(signedIn)
    return pages(signedIn).form(
      state, choices, to: "/desk/campaigns/\(campaign.id)/edit",
      title: signedIn.say("改「\(campaign.title.chinese)」", "Change “\(campaign.title.english)”"),
      submit: Phrase("保存", "Save"))
  }

  private func choices(_ signedIn: SignedIn) async throws -> CampaignDeskPages.Choices {
    let community = signedIn.community.id
    return try await database.read { snapshot in
      let couriers = try directory.persons(holding: .courier, in: community, snapshot)
      let names = try directory.displayNames(of: couriers, in: community, snapshot)
      return CampaignDeskPages.Choices(
        points: try snapshot.pickupPoints(in: community),
        couriers: couriers.map { (person: $0, name: names[$0] ?? $0.description) },
        funds: try books.funds(community, snapshot).filter(\.isOpen))
    }
  }

  /// - Throws: `form.invalid` naming `carrier` for somebody who is no courier of the community, or `fund` for what is no
  ///   fund of it that takes money.
  private func requireParts(_ terms: CampaignTerms, in transaction: Transaction) throws {
    let problems =
      try problems(with: terms.carrier, in: transaction) + books.problems(with: terms.fund, in: transaction)
    guard problems.isEmpty else { throw Problem.invalid(problems) }
  }

  /// What is wrong with a carrier's part: it can only be a courier's of the community.
  private func problems(
    with carrier: CampaignTerms.Carrier?, in transaction: Transaction
  ) throws -> [FieldProblem] {
    guard let carrier,
      try !directory.persons(holding: .courier, in: transaction.community, transaction).contains(
        carrier.person)
    else { return [] }
    return [FieldProblem("carrier", Phrase("请从列表里选一位送货员。", "Please choose a courier from the list."))]
  }

  private func pages(_ signedIn: SignedIn) -> CampaignDeskPages {
    CampaignDeskPages(say: signedIn.say, now: signedIn.now, formToken: signedIn.formToken)
  }
}
