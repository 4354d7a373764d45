package import Database
import Hummingbird
import Kernel
package import People
package import Web

/// Counting the goods, and showing how a shortage was shared.
package struct Arrivals: Sendable {
  private let database: Database
  private let directory: Directory
  private let books: Bookkeeping

  package init(_ database: Database, directory: Directory, books: Bookkeeping) {
    self.database = database
    self.directory = directory
    self.books = books
  }

  package func register(on routes: inout Routes) {
    let runners = Access.Personal.roles(CampaignActor.roles)
    let own = Objects.own("campaigns that the person runs")
    routes.get("/desk/campaigns/:campaign/arrival", for: runners, objects: own) { signedIn in
      try await page(signedIn, form: nil, problem: nil)
    }
    routes.post("/desk/campaigns/:campaign/arrival", for: runners, objects: own) { signedIn in
      try await record(signedIn)
    }
    routes.get(
      "/campaigns/:campaign/sharing", for: .signedIn, objects: .own("campaigns that the household bought in")
    ) { signedIn in try await sharing(signedIn) }
  }

  private func page(_ signedIn: SignedIn, form: Form?, problem: Problem?) async throws -> Response {
    let campaign = try await database.campaign(runBy: signedIn).campaign
    let say = signedIn.say
    let (items, arrivals) = try await database.read { snapshot in
      (
        try ListStore.content(of: campaign, books, directory: directory, doors: nil, snapshot).items,
        try ArrivalStore.arrivals(of: campaign.id, in: campaign.community, snapshot)
      )
    }
    let state: FormState =
      if let form, let problem { FormState(form, problem) } else { ArrivalForm.initial(items, arrivals) }
    var alerts: [HTML] = []
    if let problem, problem.fields.isEmpty { alerts.append(PageParts.notice(say(problem.title), .bad)) }
    if problem == nil, !arrivals.isEmpty, signedIn.query("done") != nil {
      alerts.append(PageParts.notice(say("到货已登记，已经分好。", "Recorded and shared out."), .good))
    }
    let phase = campaign.phase(at: signedIn.now)
    if phase != .closed, phase != .pickup {
      alerts.append(PageParts.notice(say(Problem.arrivalNotNow(phase).title)))
    }
    let main = ArrivalPages.count(
      campaign, items: items, arrivals: arrivals, state: state, token: signedIn.formToken, say)
    return .page(
      Page(title: say("登记到货", "What has come"), main: main, alerts: alerts), signedIn,
      status: problem.map { .init(code: $0.status) } ?? .ok)
  }

  private func record(_ signedIn: SignedIn) async throws -> Response {
    let (campaign, actor) = try await database.campaign(runBy: signedIn)
    let form = try await signedIn.form()
    do {
      let items = try await database.read {
        try CampaignStore.items(of: campaign.id, in: campaign.community, $0).map(\.id)
      }
      let entries = try ArrivalForm.entries(form, items: items)
      try await database.write(in: campaign.community) { transaction in
        try ArrivalStore.record(entries, of: campaign.id, books, by: actor, in: transaction)
      }
      return .redirect(to: "/desk/campaigns/\(campaign.id)/arrival?done=1")
    } catch let problem as Problem {
      return try await page(signedIn, form: form, problem: problem)
    }
  }

  private func sharing(_ signedIn: SignedIn) async throws -> Response {
    let id: CampaignID = try signedIn.id("campaign")
    let report = try await database.read { snapshot in
      try SharingReport.read(
        id,
        household: try JointPurchaseStore.standing(of: signedIn, in: id, snapshot) ?? signedIn.householdID,
        mayRun: { CampaignActor(person: signedIn.personID, roles: signedIn.roles, leader: $0.leader) != nil },
        in: signedIn.community.id, snapshot)
    }
    let say = signedIn.say
    return .page(
      Page(title: say("怎么分的", "How it was shared"), main: ArrivalPages.sharing(report, say)), signedIn)
  }
}
