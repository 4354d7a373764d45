/// A draw by lot that nobody can steer and anybody can check with a tool of any machine.
///
/// A seed is drawn by chance before anybody takes part. Either it is published at once, or its digest is: whoever has read
/// the digest can tell afterwards that the seed which was revealed is the one that was there from the beginning. Each
/// taker's place follows from the seed and the name under which they take part, and from nothing else: the names are put
/// in the order of their tickets, and the first in it win.
package enum CommittedDraw {
  /// 128 random bits, written as 32 hexadecimal digits in lower case: that text, and not the bits, is what is digested.
  package struct Seed: Sendable, Hashable, CustomStringConvertible {
    private static let bytes = 16

    package let text: String

    /// One that nobody knows yet.
    package static func make() -> Seed { Seed(RandomBytes.make(bytes)) }

    /// The seed of one thing, always the same: so it need not be kept anywhere while it is a secret.
    ///
    /// - Parameters:
    ///   - key: whoever has it knows the seeds of all draws.
    ///   - fields: name the draw; another draw gets another seed.
    package static func derived(from key: MessageKey, for fields: [[UInt8]]) -> Seed {
      Seed(Array(key.code(for: fields).prefix(bytes)))
    }

    private init(_ bytes: [UInt8]) {
      text = Hexadecimal.encode(bytes)
    }

    /// Reads a published seed; nil for anything but 32 hexadecimal digits in lower case.
    package init?(_ text: String) {
      guard let bytes = Hexadecimal.decode(text), bytes.count == Self.bytes, Hexadecimal.encode(bytes) == text
      else { return nil }
      self.text = text
    }

    /// What is published in its stead before it is revealed: SHA-256 of its text.
    ///
    /// `printf '%s' 'SEED' | sha256sum` gives the same on any machine.
    package var commitment: Digest { Digest(of: text) }

    /// Whether this is the seed that was committed to.
    package func opens(_ commitment: Digest) -> Bool { self.commitment == commitment }

    package var description: String { text }
  }

  /// The ticket under which a name is drawn: SHA-256 of the UTF-8 text `seed|name`.
  ///
  /// `printf '%s' 'SEED|NAME' | sha256sum` gives the same on any machine.
  package static func ticket(of name: String, seed: String) -> Digest { Digest(of: "\(seed)|\(name)") }

  /// The takers in the order of the draw: by their tickets from the smallest, and by their names where two tickets are the
  /// same. The order in which they are given makes no difference.
  ///
  /// - Parameter name: unique among the takers.
  package static func order<Taker>(
    _ takers: some Sequence<Taker>, seed: String, name: (Taker) -> String
  ) -> [Taker] {
    let drawn = takers.map { taker in
      let name = name(taker)
      return (ticket: ticket(of: name, seed: seed).bytes, name: name, taker: taker)
    }
    return drawn.sorted { one, other in
      one.ticket == other.ticket
        ? one.name < other.name : one.ticket.lexicographicallyPrecedes(other.ticket)
    }.map(\.taker)
  }
}
