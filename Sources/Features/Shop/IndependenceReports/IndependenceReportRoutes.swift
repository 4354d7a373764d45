import Database
import Hummingbird
import Kernel
import People
import Web

/// The community's report on how far people order by themselves, for those who work on it or read of it.
struct IndependenceReports: Sendable {
  /// They see totals only: exactly whom the consent to statistics calls readers of reports.
  static let readers: Set<Role> = [.socialWorker, .supervisor, .committee, .governmentReader]
  let database: Database
  let directory: Directory

  func register(on routes: inout Routes) {
    routes.get("/desk/independence", for: .roles(Self.readers), objects: .community) { signedIn in
      let community = signedIn.community
      let report = try await database.read {
        try IndependenceReportStore.report(
          offsetSeconds: community.offsetSeconds, directory, in: community.id, $0)
      }
      return .page(IndependenceReportPages(say: signedIn.say).page(report), signedIn)
    }
  }
}
