import Database
import Hummingbird
import Kernel
import Web

extension ActivityProgramme {
  /// What is printed for one activity.
  func addMaterials(_ routes: inout Routes) {
    routes.get("/activity-desk/:activity/paper/:paper", for: ActivityStaff.access, objects: .community) {
      signedIn in
      guard let paper = MaterialRules.Paper(rawValue: try signedIn.parameter("paper")) else {
        throw Problem.notFound
      }
      return .page(try await material(paper, signedIn), signedIn)
    }
  }

  private func material(_ paper: MaterialRules.Paper, _ signedIn: SignedIn) async throws -> Page {
    let activity = try await database.read { snapshot in
      let activity = try self.activity(signedIn, snapshot)
      guard activity.isShown else { throw Problem.activityNotPossible }
      return activity
    }
    let pages = MaterialPages(
      say: signedIn.say, activity: activity, phone: signedIn.community.phoneNumber)
    switch paper {
    case .poster: return try pages.poster(address: signedIn.visit.origin + Activity.path(activity.id))
    case .agenda: return pages.agenda()
    case .sheet: return pages.sheet()
    case .slips: return pages.slips()
    case .list: return try await nameList(pages, signedIn)
    }
  }

  private func nameList(_ pages: MaterialPages, _ signedIn: SignedIn) async throws -> Page {
    let community = signedIn.community.id
    let reading = SignUpReading(directory: directory, cipher: try await cipher(community))
    let behind = signedIn.query("after").flatMap { Int64($0) } ?? 0
    let id = pages.activity.id
    let (named, next) = try await database.read { snapshot in
      let found = try SignUpStore.list(
        of: id, behind: behind, limit: MaterialRules.names + 1, in: community, snapshot)
      let shown = Array(found.prefix(MaterialRules.names))
      return (
        try reading.named(shown, in: community, snapshot), found.count > shown.count ? shown.last?.turn : nil
      )
    }
    return pages.list(named, next: next)
  }
}
