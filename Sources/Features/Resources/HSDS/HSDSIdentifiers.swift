import Kernel
import Security

/// Names of ours in the form that HSDS asks for. A name is made of what it names, so that it stays the same without being
/// stored, and tells nothing of how many there are. Source: RFC 9562 §5.8, names by a digest other than MD5 and SHA-1.
enum HSDSIdentifiers {
  private static let domain: UInt8 = 0x48
  private static let namespace = "urn:nuanlin:hsds"

  enum Thing: String, Sendable, CaseIterable {
    case organization
    case service
    case location
    case address
    case phone
    case place = "service_at_location"
    case taxonomy
    case term = "taxonomy_term"
    case attribute
    case language
    case schedule
    case cost = "cost_option"
    case accessibility
  }

  static func uuid(_ thing: Thing, _ community: CommunityID, _ numbers: Int64...) -> String {
    uuid(thing, community, key: numbers.map(String.init).joined(separator: "/"))
  }

  static func uuid(_ thing: Thing, _ community: CommunityID, key: String) -> String {
    let digest = Digest(
      domain: domain,
      fields: [
        Array(namespace.utf8), Array(thing.rawValue.utf8), Array(community.description.utf8), Array(key.utf8),
      ])
    var bytes = Array(digest.bytes.prefix(16))
    bytes[6] = bytes[6] & 0x0F | 0x80
    bytes[8] = bytes[8] & 0x3F | 0x80
    let ranges = [0..<4, 4..<6, 6..<8, 8..<10, 10..<16]
    return ranges.map { Hexadecimal.encode(Array(bytes[$0])) }.joined(separator: "-")
  }
}
