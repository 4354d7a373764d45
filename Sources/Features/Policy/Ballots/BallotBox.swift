import Database
import Kernel
import Security

/// The box of one community's votes: seals a choice before it is stored, and opens all of them together when a vote is over.
/// What that protects stands at the schema of proposals.
package struct BallotBox: Sendable {
  private let cipher: FieldCipher

  /// The key of ballots: of the class of details that stand beside the audit chain, which nothing else is sealed under.
  static func scope(of community: CommunityID) -> KeyScope {
    KeyScope(community: community, dataClass: .ballot)
  }

  /// - Throws: `vault.wrong_key`, and what the storage of keys throws.
  init(_ vault: Vault, of community: CommunityID) async throws {
    cipher = try await vault.cipher(for: Self.scope(of: community))
  }

  /// A ballot as it is stored: at a number drawn by lot, with one sealed byte whatever was chosen.
  ///
  /// - Parameter number: of the choice, 1–9.
  func seal(_ number: Int, in community: CommunityID) throws -> SealedBallot {
    let lot = RandomBytes.make(8).reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
    // The database keeps whole numbers with a sign, and identifiers without one.
    let id = BallotID(rawValue: Int64(lot >> 1))
    return SealedBallot(
      id: id, choice: try cipher.seal(bytes: [UInt8(clamping: number)], at: Self.address(id, community)))
  }

  /// How often each choice stands in the box.
  ///
  /// - Parameter choices: how many there are to choose from.
  /// - Throws: `vault.value_damaged`, `vault.key_unknown`; `proposal.ballot_damaged` for what is no choice.
  func count(_ ballots: [SealedBallot], choices: Int, in community: CommunityID) throws -> [Int] {
    var votes = Array(repeating: 0, count: choices)
    for ballot in ballots {
      let opened = try cipher.openBytes(ballot.choice, at: Self.address(ballot.id, community))
      guard opened.count == 1, (1...choices).contains(Int(opened[0])) else {
        throw Problem.proposalBallotDamaged
      }
      votes[Int(opened[0]) - 1] += 1
    }
    return votes
  }

  private static func address(_ id: BallotID, _ community: CommunityID) -> FieldAddress {
    FieldAddress("policy_proposal_ballot", "choice", row: id, community: community)
  }
}

/// One ballot in the box: neither who gave it nor when.
struct SealedBallot: Sendable, Equatable {
  let id: BallotID
  let choice: [UInt8]
}

extension Problem {
  static let proposalBallotDamaged = Problem(
    "proposal.ballot_damaged", status: 500,
    Phrase("有一张选票读不出来，没有计票。", "One ballot cannot be read, so nothing was counted."),
    advice: Phrase("请联系系统管理员运行 nuanlin check。", "Please ask the operator to run nuanlin check."))
}
