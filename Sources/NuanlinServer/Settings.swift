package import Database
package import Kernel
package import Web

/// How the program was asked to run: one value, read once at start.
package struct Settings: Sendable {
  package var database: DatabaseLocation
  /// The file with the key that all other keys are wrapped with (32 bytes, readable by its owner alone).
  package var keyFile: String
  /// The folder with the keys of single persons (mode 0700), wrapped like all others but outside the database, so that
  /// one that is destroyed is gone from old copies of the database too.
  package var personKeyFolder: String
  package var host: String
  package var port: Int
  /// How people reach it.
  package var transport: Transport
  /// Proxies whose `X-Forwarded-For` is believed.
  package var trustedProxies: [AddressBlock]
  /// Who may read `/metrics`; to others it does not exist.
  package var metricsReaders: [AddressBlock] = ["127.0.0.0/8", "::1"].compactMap { AddressBlock($0) }
  package var limits: WebLimits
  package var clock: Clock
  /// The file that says which payment services are set up; nil for none.
  package var paymentServices: String?
  /// The file that says which message services are set up; nil for none.
  package var messageServices: String?
  /// Scheme and host under which others reach the program, without a slash at the end: payment services send their
  /// notifications there.
  package var publicURL: String?

  /// Multiplies all rate limits; stands here so that the command line need not know the web server.
  package var rateLimitFactor: Int {
    get { limits.rateFactor }
    set { limits.rateFactor = newValue }
  }

  package enum Transport: Sendable, Equatable {
    /// Plain HTTP, for trying it out on this machine alone: only on loopback addresses.
    case development
    /// TLS ends here: PEM files.
    case tls(certificate: String, key: String)
    /// TLS ends at a proxy in front, which is listed in `trustedProxies`.
    case behindProxy
  }

  package init(
    database: DatabaseLocation, keyFile: String, host: String = "127.0.0.1", port: Int = 8080,
    transport: Transport = .development, trustedProxies: [AddressBlock] = [], limits: WebLimits = WebLimits(),
    clock: Clock = .system, personKeyFolder: String? = nil
  ) {
    self.database = database
    self.keyFile = keyFile
    self.personKeyFolder = personKeyFolder ?? Self.defaultPersonKeyFolder(for: keyFile)
    self.host = host
    self.port = port
    self.transport = transport
    self.trustedProxies = trustedProxies
    self.limits = limits
    self.clock = clock
  }

  /// Where the key file is unless said otherwise: beside the SQLite file, or in the working folder.
  package static func defaultKeyFile(for database: DatabaseLocation) -> String {
    switch database {
    case .sqlite(let path): path + ".key"
    case .postgres: "nuanlin.key"
    }
  }

  /// Where the keys of single persons are unless said otherwise: beside the key file.
  package static func defaultPersonKeyFolder(for keyFile: String) -> String { keyFile + ".persons" }

  /// Reads `sqlite:PATH` or `postgres://…`.
  package static func location(_ text: String) throws -> DatabaseLocation { try DatabaseLocation(text) }

  /// Reads an address or a block such as `10.0.0.0/8`.
  /// - Throws: `settings.proxy`.
  package static func addressBlock(_ text: String) throws -> AddressBlock {
    guard let block = AddressBlock(text) else {
      throw Problem(
        "settings.proxy", status: 500,
        Phrase("看不懂代理的地址：\(text)", "The proxy's address is not understood: \(text)"))
    }
    return block
  }

  /// Refuses to serve people in the clear.
  /// - Throws: `settings.not_secure`, `settings.no_proxy`.
  package func validated() throws -> Settings {
    switch transport {
    case .development where !["127.0.0.1", "::1", "localhost"].contains(host):
      throw Problem(
        "settings.not_secure", status: 500,
        Phrase("没有加密，不能对外提供服务。", "Without encryption it serves this machine only."),
        advice: Phrase(
          "请给出 --tls-certificate 和 --tls-key，或用 --behind-proxy 和 --trusted-proxy。",
          "Give --tls-certificate and --tls-key, or --behind-proxy with --trusted-proxy."))
    case .behindProxy where trustedProxies.isEmpty:
      throw Problem(
        "settings.no_proxy", status: 500,
        Phrase("没有说明哪个代理可信。", "It was not said which proxy to trust."),
        advice: Phrase("请用 --trusted-proxy 写出代理的地址。", "Give the proxy's address with --trusted-proxy."))
    default: break
    }
    if paymentServices != nil, publicURL == nil {
      throw Problem(
        "settings.no_public_url", status: 500,
        Phrase("支付平台不知道把结果通知到哪里。", "Payment services are not told where to send their notifications."),
        advice: Phrase("请用 --public-url 写出公网地址。", "Give the public address with --public-url."))
    }
    return self
  }
}
