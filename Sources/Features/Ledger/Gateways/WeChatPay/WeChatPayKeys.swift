import HTTPTypes
import Kernel
import Security
import Web

/// The keys that WeChat Pay signs with, each found by its number and never by trying.
/// Source: field/reliability.md §3.8, step 4.
actor WeChatPayKeys {
  /// For how long nothing is fetched again, whatever unknown numbers come: anyone can send them.
  static let pause: Duration = .seconds(600)
  /// What the numbers of public keys begin with; those of certificates are hexadecimal.
  private static let publicKeyPrefix = "PUB_KEY_ID_"

  private let wire: WeChatPayWire
  /// By their serial numbers.
  private var certificates: [String: PublicKeyCertificate] = [:]
  private var fetchedAt: Timestamp?
  /// Those who wait for the fetch that is on its way; nil when none is.
  private var waiting: [CheckedContinuation<Void, Never>]?

  init(_ wire: WeChatPayWire) {
    self.wire = wire
  }

  /// The pinned key of this number, or that of a platform certificate within its validity.
  /// - Throws: `unknownSerial`.
  func key(_ serial: String) async throws(GatewayRefusal) -> RSAVerifyingKey {
    if let key = known(serial) { return key }
    guard !serial.hasPrefix(Self.publicKeyPrefix), (8...42).contains(serial.utf8.count),
      serial.utf8.allSatisfy({ (48...57).contains($0) || (65...70).contains($0) })
    else { throw .unknownSerial }
    await refresh()
    guard let key = known(serial) else { throw .unknownSerial }
    return key
  }

  private func known(_ serial: String) -> RSAVerifyingKey? {
    if let pinned = wire.account.pinnedKey, pinned.id == serial { return pinned.key }
    guard let certificate = certificates[Self.number(serial)], certificate.isValid(at: wire.clock.now())
    else {
      return nil
    }
    return certificate.key
  }

  /// Serial numbers are numbers: some write them with a zero in front, to fill a byte, and some without.
  private static func number(_ serial: String) -> String { String(serial.drop { $0 == "0" }) }

  private func refresh() async {
    if waiting != nil {
      await withCheckedContinuation { waiting?.append($0) }
      return
    }
    let now = wire.clock.now()
    if let fetchedAt, now >= fetchedAt, now - fetchedAt < Self.pause { return }
    fetchedAt = now
    waiting = []
    // What does not come or is not proven leaves the old certificates in their place.
    if let response = try? await wire.send(.get, "/v3/certificates"), response.status == 200,
      let fetched = try? proven(response)
    {
      certificates = fetched
    }
    let waited = waiting ?? []
    waiting = nil
    for continuation in waited { continuation.resume() }
  }

  /// The certificates in an answer that one of them signed, or a key known before: they were encrypted with the
  /// APIv3 key, which WeChat Pay and we share alone.
  private func proven(
    _ response: GatewayTransport.Response
  ) throws(GatewayRefusal) -> [String: PublicKeyCertificate] {
    let now = wire.clock.now()
    let signature = try WeChatPaySignature(response.headers, at: now)
    var brought: [String: PublicKeyCertificate] = [:]
    for entry in try GatewayDocument(response.body, part: "certificates").objects("data") {
      let sealed = try entry.object("encrypt_certificate")
      let content = try WeChatPayResource(sealed).open(with: wire.account.apiKey)
      guard let certificate = PublicKeyCertificate(pem: String(decoding: content, as: UTF8.self)),
        Self.number(certificate.serial) == Self.number(try entry.text("serial_no"))
      else { throw .malformed("encrypt_certificate") }
      brought[Self.number(certificate.serial)] = certificate
    }
    let own = brought[Self.number(signature.serial)].flatMap { $0.isValid(at: now) ? $0.key : nil }
    guard let key = own ?? known(signature.serial) else { throw .unknownSerial }
    try signature.verify(response.body, by: key)
    return brought
  }
}
