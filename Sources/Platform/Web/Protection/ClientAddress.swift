import HTTPTypes

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A block of IPv4 or IPv6 addresses: `10.0.0.0/8`, `fd00::/8`, or one address.
package struct AddressBlock: Sendable, Equatable {
  private let bytes: [UInt8]
  private let prefix: Int

  /// Nil when the text is no address, or the prefix is longer than one.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2, let bytes = Self.bytes(of: String(parts[0])) else { return nil }
    var prefix = bytes.count * 8
    if parts.count == 2 {
      guard let typed = Int(parts[1]), (0...prefix).contains(typed) else { return nil }
      prefix = typed
    }
    self.bytes = bytes
    self.prefix = prefix
  }

  package func contains(_ address: String) -> Bool {
    guard let other = Self.bytes(of: address), other.count == bytes.count else { return false }
    let whole = prefix / 8
    guard other.prefix(whole) == bytes.prefix(whole) else { return false }
    guard prefix % 8 > 0 else { return true }
    let mask = UInt8(truncatingIfNeeded: 0xFF00 >> (prefix % 8))
    return other[whole] & mask == bytes[whole] & mask
  }

  /// Four bytes of IPv4, also when it is written as IPv6, or sixteen of IPv6; nil for anything else.
  static func bytes(of text: String) -> [UInt8]? {
    var four = in_addr()
    if inet_pton(AF_INET, text, &four) == 1 { return withUnsafeBytes(of: four) { Array($0) } }
    var sixteen = in6_addr()
    guard inet_pton(AF_INET6, text, &sixteen) == 1 else { return nil }
    let bytes = withUnsafeBytes(of: sixteen) { Array($0) }
    let isMapped = bytes[0..<10].allSatisfy { $0 == 0 } && bytes[10] == 255 && bytes[11] == 255
    return isMapped ? Array(bytes[12...]) : bytes
  }
}

/// Finds the device that a request comes from.
///
/// `X-Forwarded-For` counts only where the connection comes from a configured proxy; read from the right, the first
/// hop that is no configured proxy is the device. What stands to its left anybody could have written.
enum ClientAddress {
  static func of(peer: String?, _ fields: HTTPFields, trusting proxies: [AddressBlock]) -> String {
    let peer = peer ?? "unknown"
    guard !proxies.isEmpty, proxies.contains(where: { $0.contains(peer) }), let name = forwardedFor
    else { return peer }
    let hops = fields[values: name].joined(separator: ",").split(separator: ",")
    var client = peer
    for hop in hops.reversed() {
      let address = hop.filter { $0 != " " && $0 != "\t" }
      guard AddressBlock.bytes(of: address) != nil else { return client }
      client = address
      if !proxies.contains(where: { $0.contains(address) }) { return client }
    }
    return client
  }

  private static let forwardedFor = HTTPField.Name("X-Forwarded-For")
}
