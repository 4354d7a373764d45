import Database
import HTTPTypes
import Hummingbird
import Kernel
import People
import Web

extension ClientDoors {
  /// A client asks for a copy of the record of their case, or for a correction.
  func askRight(_ signedIn: SignedIn) async throws -> Response {
    try refuseCard(signedIn)
    let form = try await signedIn.form()
    let id: CaseID = try signedIn.id("case")
    return try await FormAgain.answer(
      signedIn, form, page: { try await page(signedIn, $0, $1) },
      work: {
        let (kind, words) = try RightsAnswerForm.request(form)
        let (person, community) = (signedIn.personID, signedIn.community)
        let key = try form.onceKey("POST /my-care", signedIn)
        try await requireOwn(id, of: person, in: community.id)
        let seal = try await keys.sealing(person, in: community.id)
        try await database.write(in: community.id) { [rights] transaction in
          _ = try transaction.once(key) {
            try rights.ask(
              kind, words: words, of: id, by: person, offsetSeconds: community.offsetSeconds, sealing: seal,
              in: transaction)
            return StoredAnswer(status: 303, body: [])
          }
        }
        return .redirect(to: "/my-care?saved=1")
      })
  }

  /// Before a key is asked for, so that nobody without a case gets one.
  private func requireOwn(_ id: CaseID, of person: PersonID, in community: CommunityID) async throws {
    let file = try await database.read { try CaseStore.find(id, in: community, $0) }
    guard file?.person == person else { throw Problem.notFound }
  }
}
