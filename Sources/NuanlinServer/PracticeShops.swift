import Database
import Kernel
import People
import Shop
import Web

extension Program {
  /// Makes the practice shop of the oldest live community.
  /// - Throws: `practice.exists`, `community.host_taken`, `form.invalid` naming `hosts`; `not_found` where there is no community.
  /// - Returns: what to tell the person at the keyboard.
  package func makePractice(host: String) async throws -> String {
    try await withSwitchboard { switchboard in
      let cards = try await switchboard.database.read {
        try switchboard.people.directory.communityCards($0)
      }
      guard let live = cards.first(where: { !$0.isPractice }) else { throw Problem.notFound }
      _ = try await switchboard.practice.make(
        besides: live.id,
        name: Phrase("\(live.name.chinese)练习店", "\(live.name.english) practice shop"),
        phoneNumber: live.phoneNumber, host: host.lowercased(), offsetSeconds: live.offsetSeconds)
      return "练习店已建好：\(host)。The practice shop is there: \(host)."
    }
  }
}
