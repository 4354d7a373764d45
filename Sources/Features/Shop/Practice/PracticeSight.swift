import Database
import Kernel
import Web

extension Database {
  /// Notes that somebody came to a place of a practice shop, once for each learner and step. Nothing is read or written in
  /// a live community: nobody's way through the real shop is followed.
  func sees(_ step: PracticeStep, by visit: Visit) async throws {
    guard visit.community.isPractice, let person = visit.session?.personID else { return }
    let community = visit.community.id
    if try await read({ try PracticeStore.wasSeen(step, of: person, in: community, $0) }) { return }
    try await write(in: community) {
      // Whether somebody sat beside is not to be seen from here, so it counts as if somebody did.
      try PracticeStore.keep(step, .helpNear, of: person, by: .shop, in: $0)
    }
  }
}
