package import Kernel
import SwiftASN1

/// What an X.509 certificate says about an RSA key: its number and for how long it holds.
///
/// Who issued it is not looked at: whoever hands a certificate to this type has another reason to trust it. The few
/// fields are read here because the package for certificates takes our module of the name Security for Apple's.
package struct PublicKeyCertificate: Sendable {
  /// Hexadecimal digits in upper case without leading zeros, as payment gateways write it.
  package let serial: String
  package let key: RSAVerifyingKey
  /// First and last moment of the validity (RFC 5280 §4.1.2.5: both belong to it).
  package let validity: ClosedRange<Timestamp>

  /// - Parameter pem: one PEM document. Nil when it is no certificate, or its key is no RSA key of 2048 bits or more.
  package init?(pem: String) {
    guard let document = try? PEMDocument(pemString: pem), document.discriminator == "CERTIFICATE",
      let fields = try? CertificateFields(document.derBytes),
      let key = RSAVerifyingKey(der: fields.publicKey), fields.first <= fields.last
    else { return nil }
    serial = Hexadecimal.encode(fields.serial).uppercased()
    self.key = key
    validity = fields.first...fields.last
  }

  package func isValid(at moment: Timestamp) -> Bool { validity.contains(moment) }
}

/// The fields of a certificate that we look at (RFC 5280 §4.1).
private struct CertificateFields {
  /// Without leading zeros.
  let serial: [UInt8]
  let first: Timestamp
  let last: Timestamp
  /// SubjectPublicKeyInfo in DER.
  let publicKey: [UInt8]

  init(_ bytes: [UInt8]) throws {
    self = try DER.sequence(DER.parse(bytes), identifier: .sequence) { parts in
      let fields = try Self(toBeSigned: try Self.next(&parts))
      // The algorithm and the issuer's signature.
      _ = try Self.next(&parts)
      _ = try Self.next(&parts)
      return fields
    }
  }

  private init(toBeSigned node: ASN1Node) throws {
    self = try DER.sequence(node, identifier: .sequence) { parts in
      _ = try DER.optionalExplicitlyTagged(&parts, tagNumber: 0, tagClass: .contextSpecific) { _ in }
      let serial = try Self.next(&parts)
      guard serial.identifier == .integer, case .primitive(let number) = serial.content else {
        throw CertificateFault()
      }
      // The algorithm and the issuer.
      _ = try Self.next(&parts)
      _ = try Self.next(&parts)
      let (first, last) = try DER.sequence(try Self.next(&parts), identifier: .sequence) { times in
        (try Self.moment(try Self.next(&times)), try Self.moment(try Self.next(&times)))
      }
      // The subject.
      _ = try Self.next(&parts)
      let publicKey = try Self.next(&parts)
      while parts.next() != nil {}
      return Self(
        serial: Array(number.drop { $0 == 0 }), first: first, last: last,
        publicKey: Array(publicKey.encodedBytes))
    }
  }

  private init(serial: [UInt8], first: Timestamp, last: Timestamp, publicKey: [UInt8]) {
    self.serial = serial
    self.first = first
    self.last = last
    self.publicKey = publicKey
  }

  private static func next(_ nodes: inout ASN1NodeCollection.Iterator) throws -> ASN1Node {
    guard let node = nodes.next() else { throw CertificateFault() }
    return node
  }

  private static func moment(_ node: ASN1Node) throws -> Timestamp {
    let civil: CivilDateTime
    if node.identifier == .utcTime {
      let time = try UTCTime(derEncoded: node)
      civil = CivilDateTime(
        year: time.year, month: time.month, day: time.day, hour: time.hours, minute: time.minutes,
        second: time.seconds)
    } else {
      let time = try GeneralizedTime(derEncoded: node)
      civil = CivilDateTime(
        year: time.year, month: time.month, day: time.day, hour: time.hours, minute: time.minutes,
        second: time.seconds)
    }
    guard civil.isValid else { throw CertificateFault() }
    return civil.timestamp(offsetSeconds: 0)
  }
}

private struct CertificateFault: Error {}
