import Database
import HTTPTypes
import Hummingbird
import Kernel
import People
import Web

/// The doors of the workload, and of the right to approve one's own papers.
struct WorkloadDoors: Sendable {
  let visits: CaseVisits

  private var database: Database { visits.database }
  private var desk: CaseDesk { visits.desk }

  func register(on routes: inout Routes) {
    routes.get("/cases/workload", for: .roles([.supervisor]), objects: .community) { try await page($0) }
    let granters = Access.Personal.roles([.committee])
    routes.get("/cases-self-approval", for: granters, objects: .community) { signedIn in
      .page(try await grantPage(signedIn, .empty, []), signedIn)
    }
    routes.post("/cases-self-approval", for: granters, objects: .community) { try await grant($0) }
  }

  private func page(_ signedIn: SignedIn) async throws -> Response {
    let reader = try await visits.reader(signedIn)
    let community = signedIn.community.id
    let (workloads, names, waiting) = try await database.read { [desk] snapshot in
      let workloads = try WorkloadStore.workloads(at: snapshot.now, in: community, snapshot)
      let scope = CaseScope(reader, at: snapshot.now)
      let waiting = try CaseStore.list(scope, isOpen: true, limit: 500, in: community, snapshot)
        .count { $0.standing.worker == nil }
      let names = try desk.directory.displayNames(
        of: workloads.map(\.worker), in: community, snapshot)
      return (workloads, names, waiting)
    }
    return .page(
      WorkloadPages(say: signedIn.say, token: signedIn.formToken).page(
        workloads, names: names, waiting: waiting), signedIn)
  }

  private func grantPage(_ signedIn: SignedIn, _ state: FormState, _ alerts: [HTML]) async throws -> Page {
    let community = signedIn.community.id
    let (holders, supervisors) = try await database.read { [desk] snapshot in
      let held = try SelfApprovalStore.holders(in: community, snapshot)
      let names = try desk.directory.displayNames(of: held.map(\.person), in: community, snapshot)
      let staff = try StaffOptions(desk.directory, in: community, snapshot)
      return (held.map { (name: names[$0.person] ?? "—", until: $0.until) }, staff.supervisors)
    }
    return WorkloadPages(say: signedIn.say, token: signedIn.formToken).selfApproval(
      holders, supervisors.filter { $0.value != signedIn.personID.description }, state, alerts: alerts)
  }

  private func grant(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, form, page: { try await grantPage(signedIn, $0, $1) },
      work: {
        var reader = FormReader(form)
        let person: PersonID? = reader.identifier("person")
        let months = reader.integer("months", in: 0...12)
        try reader.finish()
        guard let person, let months, person != signedIn.personID else { throw Problem.caseForbidden }
        let granter = signedIn.personID
        try await database.write(in: signedIn.community.id) { [desk] transaction in
          let supervisors = try desk.directory.persons(
            holding: .supervisor, in: transaction.community, transaction)
          guard supervisors.contains(person) else { throw Problem.assignmentNotSupervisor }
          try SelfApprovalStore.grant(
            person, until: transaction.now + .days(months * 30), by: granter, in: transaction)
          try transaction.audit(
            AuditEntry(
              actor: granter, role: .committee, action: "care.self_approval", object: person.rawValue,
              purpose: "\(months) months"))
        }
        return .redirect(to: "/cases-self-approval")
      })
  }
}
