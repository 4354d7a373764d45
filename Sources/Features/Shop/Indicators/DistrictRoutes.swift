package import Database
import Hummingbird
import Kernel
import People
package import Web

/// The door behind which districts of merchants are entered, so that spending can be told apart by them.
package struct MerchantDistricts: Sendable {
  static let roles: Set<Role> = [.committee, .operator]
  private static let writes = [RateLimit("shop.district", 300, per: .minutes(10))]

  package static let navigation: [NavigationItem] = [
    NavigationItem("/desk/districts", DistrictPages.title, roles: roles)
  ]

  private let database: Database

  package init(_ database: Database) {
    self.database = database
  }

  package func register(on routes: inout Routes) {
    let staff = Access.Personal.roles(Self.roles)
    routes.get("/desk/districts", for: staff, objects: .community) { signedIn in
      .page(try await page(signedIn, failed: nil, nil, []), signedIn)
    }
    routes.post("/desk/districts/home", for: staff, objects: .community, limits: Self.writes) { signedIn in
      try await change(signedIn, "POST /desk/districts/home", of: nil) { district, actor, transaction in
        try DistrictDesk.setHome(district, by: actor, in: transaction)
      }
    }
    routes.post(
      "/desk/districts/merchants/:merchant", for: staff, objects: .community, limits: Self.writes
    ) { signedIn in
      let merchant: MerchantID = try signedIn.id("merchant")
      return try await change(
        signedIn, "POST /desk/districts/merchants/:merchant", of: merchant
      ) { district, actor, transaction in
        try DistrictDesk.set(district, of: merchant, by: actor, in: transaction)
      }
    }
  }

  private func change(
    _ signedIn: SignedIn, _ operation: StaticString, of merchant: MerchantID?,
    _ work: @escaping @Sendable (District, Actor, Transaction) throws -> Void
  ) async throws -> Response {
    let actor = try signedIn.actor(of: Self.roles)
    let form = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, form, page: { try await page(signedIn, failed: merchant, $0, $1) },
      work: {
        let district = try DistrictForm.district(form)
        try await database.change(
          in: signedIn.community.id, once: try form.onceKey(operation, signedIn)
        ) { try work(district, actor, $0) }
        return .redirect(to: "/desk/districts?saved=1")
      })
  }

  private func page(
    _ signedIn: SignedIn, failed: MerchantID?, _ state: FormState?, _ alerts: [HTML]
  ) async throws -> Page {
    let community = signedIn.community.id
    let (home, merchants) = try await database.read { snapshot in
      let districts = try DistrictStore.districts(in: community, snapshot)
      let merchants = try snapshot.merchants(in: community).map {
        (merchant: $0, district: districts[$0.id]?.district)
      }
      return (try DistrictStore.home(of: community, snapshot), merchants)
    }
    return DistrictPages(say: signedIn.say, token: signedIn.formToken).page(
      home: home, merchants, failed: failed, state, newKey: { Form.newKey },
      notices: signedIn.savedNotice + alerts)
  }
}
