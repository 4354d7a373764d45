import Synchronization

/// An identifier of one kind of thing: 63 bits in the database, an opaque string of 13 characters everywhere else.
///
/// Ordered by time of creation, so that tables grow at their end. It is a name, not a secret: every query also
/// asks whether this person may see the thing.
package struct Identifier<Kind>: Sendable, Hashable, Comparable, CustomStringConvertible,
  LosslessStringConvertible
{
  package let rawValue: Int64

  package init(rawValue: Int64) {
    self.rawValue = rawValue
  }

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  /// Thirteen characters of Crockford's base 32 in lower case (no i, l, o, u).
  package var description: String {
    String(unsafeUninitializedCapacity: 13) { buffer in
      var rest = UInt64(bitPattern: rawValue)
      for position in (0..<13).reversed() {
        buffer[position] = IdentifierAlphabet.digits[Int(rest & 31)]
        rest >>= 5
      }
      return 13
    }
  }

  /// Reads what `description` writes; nil for anything else.
  package init?(_ text: String) {
    guard text.utf8.count == 13 else { return nil }
    var value: UInt64 = 0
    for (position, byte) in text.utf8.enumerated() {
      let digit = IdentifierAlphabet.values[Int(byte)]
      guard digit < 32, position > 0 || digit < 8 else { return nil }
      value = value << 5 | UInt64(digit)
    }
    self.init(rawValue: Int64(bitPattern: value))
  }
}

enum IdentifierAlphabet {
  static let digits: [UInt8] = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
  /// The value of each byte, 255 where it is no digit.
  static let values: [UInt8] = {
    var values = [UInt8](repeating: 255, count: 256)
    for (value, digit) in digits.enumerated() { values[Int(digit)] = UInt8(value) }
    return values
  }()
}

/// The neighbourhood that a row belongs to; the unit of sharding.
package enum CommunityKind {}
package typealias CommunityID = Identifier<CommunityKind>

/// A human being known to a community, with or without an account.
package enum PersonKind {}
package typealias PersonID = Identifier<PersonKind>

/// The people behind one door: the unit that orders, limits and pickup count.
package enum HouseholdKind {}
package typealias HouseholdID = Identifier<HouseholdKind>

/// Who supplies goods. Here with campaigns and orders, because features that may not know the Shop speak of them.
package enum MerchantKind {}
package typealias MerchantID = Identifier<MerchantKind>

/// Money for a purpose: what a donor or department gave, and what campaigns leave of their sales.
package enum FundKind {}
package typealias FundID = Identifier<FundKind>

/// One group-buy from its opening to the last bag.
package enum CampaignKind {}
package typealias CampaignID = Identifier<CampaignKind>

/// What a household ordered in one campaign.
package enum OrderKind {}
package typealias OrderID = Identifier<OrderKind>

extension Identifier<CommunityKind> {
  /// Rows that belong to the whole machine rather than to one community.
  package static let machine = CommunityID(rawValue: 0)
}

/// Makes identifiers that never repeat: 41 bits of milliseconds since 2024, 10 bits of node, 12 bits of sequence.
///
/// The node number is leased from the database, so several programs on one database never meet. Moving the clock
/// back does not repeat an identifier: the last millisecond used is kept.
package final class IdentifierSource: Sendable {
  private struct State {
    var millisecond: Int64 = 0
    var sequence: Int64 = 0
  }

  /// 2024-01-01T00:00:00Z in milliseconds.
  private static let epoch: Int64 = 1_704_067_200_000
  private let node: Int64
  private let clock: Clock
  private let state = Mutex(State())

  /// - Parameter node: 0–1023, unique among the programs that share a database.
  package init(node: Int, clock: Clock) {
    self.node = Int64(node & 1023)
    self.clock = clock
  }

  package func next<Kind>(_ kind: Kind.Type = Kind.self) -> Identifier<Kind> {
    let now = max(0, clock.now().microseconds / 1000 - Self.epoch)
    return state.withLock { state in
      if now > state.millisecond {
        state.millisecond = now
        state.sequence = 0
      } else {
        state.sequence += 1
        if state.sequence > 4095 {
          state.millisecond += 1
          state.sequence = 0
        }
      }
      return Identifier(rawValue: state.millisecond << 22 | node << 12 | state.sequence)
    }
  }
}
