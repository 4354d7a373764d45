package import Database
import Hummingbird
import Kernel
package import People
package import Web

/// The list of households that a shortage does not reach, kept by the committee and social workers. Leaders never see it.
package struct ProtectedHouseholds: Sendable {
  private static let keepers: Set<Role> = [.committee, .socialWorker, .supervisor]
  private let database: Database
  private let directory: Directory

  package init(_ database: Database, directory: Directory) {
    self.database = database
    self.directory = directory
  }

  package func register(on routes: inout Routes) {
    let keepers = Access.Personal.roles(Self.keepers)
    routes.get("/protected-households", for: keepers, objects: .community) { try await page($0) }
    routes.post("/protected-households", for: keepers, objects: .community) { signedIn in
      try await change(signedIn)
    }
  }

  private func page(_ signedIn: SignedIn) async throws -> Response {
    let community = signedIn.community.id
    let doors = try await directory.doors(of: community)
    let (protected, choices) = try await database.read { snapshot in
      let protected = try ProtectedHouseholdStore.list(in: community, snapshot)
      let recent = try ProtectedHouseholdStore.recentBuyers(in: community, snapshot)
      let labels = try doors.labels(of: Set(protected.map(\.household)).union(recent), snapshot)
      let taken = Set(protected.map(\.household))
      return (
        protected.map { (household: $0.household, since: $0.since, label: labels[$0.household]) },
        recent.filter { !taken.contains($0) }.compactMap { id in labels[id].map { (id, $0) } }
      )
    }
    let say = signedIn.say
    let main = ProtectedHouseholdPages(say: say, token: signedIn.formToken).page(protected, choices)
    return .page(Page(title: say("优先照顾的家庭", "Protected households"), kind: .staff, main: main), signedIn)
  }

  private func change(_ signedIn: SignedIn) async throws -> Response {
    var reader = FormReader(try await signedIn.form())
    let household = reader.identifier("household", of: HouseholdKind.self)
    let removes = reader.isTicked("remove")
    try reader.finish()
    let community = signedIn.community.id
    guard let household, let role = Self.keepers.intersection(signedIn.roles).min() else {
      throw Problem.forbidden
    }
    let exists = try await database.read {
      try !directory.buildings(of: [household], in: community, $0).isEmpty
    }
    guard exists else { throw Problem.notFound }
    try await database.write(in: community) { transaction in
      if removes {
        try ProtectedHouseholdStore.unprotect(
          household, by: signedIn.personID, role: role, in: transaction)
      } else {
        try ProtectedHouseholdStore.protect(household, by: signedIn.personID, role: role, in: transaction)
      }
    }
    return .redirect(to: "/protected-households")
  }
}
