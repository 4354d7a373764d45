import Database
import Hummingbird
import Kernel
import People
import Security
import Web

/// Noting after a visit at a door what somebody who lives there would share: as `CaseGiftDoors`, for people without a case.
struct VisitGiftDoors: Sendable {
  let visits: CaseVisits
  let rooms: VisitCampaigns

  private var directory: Directory { visits.desk.directory }

  func register(on routes: inout Routes) {
    let (readers, own) = (CaseForms.readers, VisitCampaigns.own)
    let path = "/visit-campaigns/:campaign/doors/:door/gifts/:person"
    routes.get(path, for: readers, objects: own) { signedIn in
      .page(try await page(signedIn, GiftAsking.suggestion, []), signedIn)
    }
    routes.post(path, for: readers, objects: own, limits: CaseForms.limits) { try await take($0) }
  }

  /// Whether somebody lives behind a door of the campaign, and is not who writes this down.
  /// - Throws: `not_found`.
  private static func check(
    _ person: PersonID, behind id: VisitDoorID, _ open: OpenVisit, _ directory: Directory,
    in community: CommunityID, _ snapshot: Snapshot
  ) throws {
    guard let door = try VisitDoorStore.find(id, of: open.id, in: community, snapshot),
      person != open.reader.person,
      try directory.persons(of: door.household, in: community, snapshot).contains(person)
    else { throw Problem.notFound }
  }

  private func page(_ signedIn: SignedIn, _ state: FormState, _ alerts: [HTML]) async throws -> Page {
    guard visits.gifts.isKept else { throw Problem.notFound }
    let (id, person): (VisitDoorID, PersonID) = (try signedIn.id("door"), try signedIn.id("person"))
    let (community, directory) = (signedIn.community.id, directory)
    let (heading, asking) = try await rooms.look(
      signedIn, .door, of: id.rawValue,
      if: { try Self.check(person, behind: id, $0, directory, in: community, $1) },
      { open, _, snapshot in
        let name = try directory.displayNames(of: [person], in: community, snapshot)[person] ?? "—"
        let heading = FormHeading(
          label: open.campaign.terms.title, name: name, path: "\(VisitPages.base(open.id))/doors/\(id)",
          back: Phrase("返回", "Back"))
        return (heading, try GiftAsking(person, directory, in: community, snapshot))
      })
    return CareGiftPages(say: signedIn.say, token: signedIn.formToken).page(
      heading, to: "\(heading.path)/gifts/\(person)", asking, state, alerts: alerts)
  }

  private func take(_ signedIn: SignedIn) async throws -> Response {
    guard visits.gifts.isKept else { throw Problem.notFound }
    let (id, person): (VisitDoorID, PersonID) = (try signedIn.id("door"), try signedIn.id("person"))
    let (campaign, community): (VisitCampaignID, CommunityID) = (
      try signedIn.id("campaign"), signedIn.community.id
    )
    let gifts = try await visits.gifts.desk(community)
    let form = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, form, page: { try await page(signedIn, $0, $1) },
      work: {
        let note = try GiftNote(form)
        try await rooms.change(signedIn, form) { [directory] open, transaction in
          try Self.check(person, behind: id, open, directory, in: community, transaction)
          try note.take(
            of: person, from: .visit, through: gifts, directory, by: open.actor, in: transaction)
        }
        return .redirect(to: "\(VisitPages.base(campaign))?saved=gift")
      })
  }
}
