import Database
import Hummingbird
import Kernel
import People
import Security
import Web

/// Noting at a visit what a client would share with neighbours. It leaves Care with their yes alone, and nothing of the case
/// goes along: not even that there is one.
struct CaseGiftDoors: Sendable {
  let visits: CaseVisits

  private struct Shown: Sendable {
    let heading: FormHeading
    let asking: GiftAsking
  }

  func register(on routes: inout Routes) {
    let (readers, own) = (CaseForms.readers, CaseForms.own)
    routes.get("/cases/:case/gift", for: readers, objects: own) { signedIn in
      .page(try await page(signedIn, GiftAsking.suggestion, []), signedIn)
    }
    routes.post("/cases/:case/gift", for: readers, objects: own, limits: CaseForms.limits) {
      try await take($0)
    }
  }

  private func page(_ signedIn: SignedIn, _ state: FormState, _ alerts: [HTML]) async throws -> Page {
    guard visits.gifts.isKept else { throw Problem.notFound }
    let community = signedIn.community.id
    let shown = try await visits.look(signedIn) { [desk = visits.desk] open, _, snapshot in
      try open.requireWriting()
      let person = open.file.person
      let name = try desk.directory.displayNames(of: [person], in: community, snapshot)[person] ?? "—"
      return Shown(
        heading: FormHeading(
          label: open.file.label, name: name, path: "/cases/\(open.id)",
          back: Phrase("返回个案", "Back to the case")),
        asking: try GiftAsking(person, desk.directory, in: community, snapshot))
    }
    return CareGiftPages(say: signedIn.say, token: signedIn.formToken).page(
      shown.heading, to: "\(shown.heading.path)/gift", shown.asking, state, alerts: alerts)
  }

  private func take(_ signedIn: SignedIn) async throws -> Response {
    guard visits.gifts.isKept else { throw Problem.notFound }
    let gifts = try await visits.gifts.desk(signedIn.community.id)
    return try await visits.answer(
      signedIn, page: { try await page(signedIn, $0, $1) }, saved: "?saved=gift",
      read: { [desk = visits.desk] form in
        let note = try GiftNote(form)
        return { open, _, transaction in
          try open.requireWriting()
          try note.take(
            of: open.file.person, from: .visit, through: gifts, desk.directory, by: open.actor,
            in: transaction)
        }
      })
  }
}
