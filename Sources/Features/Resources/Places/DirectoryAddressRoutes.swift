import Database
import Hummingbird
import Kernel
import People
import Web

extension Places {
  /// Where the station writes what all addresses have in common.
  func addAddressDesk(_ routes: inout Routes) {
    let (staff, limits) = (ResourceStaff.access, ResourceStaff.writes)
    routes.get(DirectoryAddressPages.path, for: staff, objects: .community) { signedIn in
      .page(try await addressPage(signedIn, nil, []), signedIn)
    }
    routes.post(DirectoryAddressPages.path, for: staff, objects: .community, limits: limits) { signedIn in
      try await ground.answer(
        signedIn, backTo: "\(DirectoryAddressPages.path)?saved=address",
        page: { try await addressPage(signedIn, $0, $1) }
      ) { form in
        let actor = try signedIn.actor(of: ResourceStaff.roles)
        let (address, seen) = (try DirectoryAddressForm.address(form), try ResourceForm.seen(form))
        try await ground.change(signedIn, form, "POST /place-desk/address") { [desk] in
          try desk.keep(address, seen: seen, by: actor, in: $0)
        }
      }
    }
  }

  private func addressPage(
    _ signedIn: SignedIn, _ state: FormState?, _ alerts: [HTML]
  ) async throws -> Page {
    let community = signedIn.community.id
    let kept = try await ground.database.read { try DirectoryAddressStore.find(in: community, $0) }
    return DirectoryAddressPages(say: signedIn.say, token: signedIn.formToken).form(
      kept, key: Form.newKey, state ?? DirectoryAddressForm.state(kept), notices: signedIn.savedNotice,
      alerts: alerts)
  }
}
