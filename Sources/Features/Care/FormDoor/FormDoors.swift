import Hummingbird
import Kernel
import People
import Security
import Web

/// The doors of all forms of one kind of matter.
struct FormDoors<Visits: FormVisits>: Sendable {
  let visits: Visits
  /// `/cases/:case`.
  let base: String
  let readers: Access.Personal
  let objects: Objects
  let limits: [RateLimit]

  func register(_ doors: [FormDoor<Visits>], on routes: inout Routes) {
    for door in doors {
      let path = "\(base)/\(door.path)"
      routes.get(path, for: readers, objects: objects) { signedIn in
        .page(try await page(door, signedIn, nil, []), signedIn)
      }
      routes.post(path, for: readers, objects: objects, limits: limits) { try await answer(door, $0) }
    }
  }

  private func page(
    _ door: FormDoor<Visits>, _ signedIn: SignedIn, _ state: FormState?, _ alerts: [HTML]
  ) async throws -> Page {
    let context = try await visits.context(signedIn, ifOffered: door.isOffered)
    return FormDoorPages(say: signedIn.say, token: signedIn.formToken).page(
      door, context, state ?? door.prefill(context), key: Form.newKey, alerts: alerts)
  }

  private func answer(_ door: FormDoor<Visits>, _ signedIn: SignedIn) async throws -> Response {
    try await visits.answer(
      signedIn, page: { try await page(door, signedIn, $0, $1) },
      saved: "?saved=\(door.path)",
      read: { try door.read($0, visits.desk, signedIn.community.offsetSeconds) })
  }
}

extension FormVisits {
  /// Does what a form asks for, and shows it again where what was sent can be mended.
  ///
  /// - Parameter saved: where it goes from there, after the path of the matter.
  func answer(
    _ signedIn: SignedIn, page: (FormState, [HTML]) async throws -> Page, saved: String,
    read: (Form) throws -> Filled
  ) async throws -> Response {
    let form = try await signedIn.form()
    let path = try path(signedIn)
    return try await FormAgain.answer(
      signedIn, form, page: page,
      work: {
        try await change(signedIn, form, try read(form))
        return .redirect(to: path + saved)
      })
  }
}

extension Problem {
  /// Whether whoever sent a form can do something about it on the page that it came from.
  var mayBeShownAgain: Bool { [403, 409, 422].contains(status) && code != "forbidden" }
}
