import ArgumentParser
import Foundation
import Kernel
import NuanlinServer

/// Which database, and the key that opens what is encrypted in it.
struct DatabaseOptions: ParsableArguments {
  @Option(help: "sqlite:PATH or postgres://…; also NUANLIN_DATABASE.")
  var database: String?

  @Option(
    help:
      "File with the key that wraps all other keys; also NUANLIN_KEY_FILE. Keep a copy apart from backups.")
  var keyFile: String?

  @Option(
    help:
      "Folder with the keys of single persons; also NUANLIN_PERSON_KEYS. Without it, KEY-FILE.persons.")
  var personKeys: String?

  func settings(orElse location: String? = nil) throws -> Settings {
    let environment = ProcessInfo.processInfo.environment
    guard let text = database ?? environment["NUANLIN_DATABASE"] ?? location else {
      throw ValidationError(
        "Say which database: --database sqlite:PATH or postgres://… (or NUANLIN_DATABASE).")
    }
    let database = try Settings.location(text)
    let keyFile = keyFile ?? environment["NUANLIN_KEY_FILE"] ?? Settings.defaultKeyFile(for: database)
    return Settings(
      database: database, keyFile: keyFile, personKeyFolder: personKeys ?? environment["NUANLIN_PERSON_KEYS"])
  }
}

/// How people reach the program.
struct ServerOptions: ParsableArguments {
  @Option(help: "Address to listen on.")
  var host = "127.0.0.1"

  @Option(help: "Port to listen on.")
  var port = 8080

  @Option(help: "PEM file of the TLS certificate chain.")
  var tlsCertificate: String?

  @Option(help: "PEM file of the TLS private key.")
  var tlsKey: String?

  @Flag(help: "TLS ends at a proxy in front; name it with --trusted-proxy.")
  var behindProxy = false

  @Option(
    help: "Address or block (10.0.0.0/8) of a proxy whose X-Forwarded-For is believed; may be repeated.")
  var trustedProxy: [String] = []

  @Option(
    help: "Address or block that may read /metrics; may be repeated. Without it, this machine alone.")
  var metricsReader: [String] = []

  @Option(help: "JSON file that says which payment services are set up, and where their keys are.")
  var paymentServices: String?

  @Option(
    help: "JSON file that says which message services (SMS, WeChat) are set up, and where their secrets are.")
  var messageServices: String?

  @Option(help: "Scheme and host under which others reach the program, such as https://shop.example.")
  var publicURL: String?

  @Option(help: "Multiplies all rate limits; for load tests on your own machine.")
  var rateLimitFactor = 1

  func apply(to settings: Settings) throws -> Settings {
    var settings = settings
    settings.host = host
    settings.port = port
    settings.trustedProxies = try trustedProxy.map(Settings.addressBlock)
    if !metricsReader.isEmpty { settings.metricsReaders = try metricsReader.map(Settings.addressBlock) }
    settings.rateLimitFactor = max(1, rateLimitFactor)
    settings.paymentServices = paymentServices
    settings.messageServices = messageServices
    settings.publicURL = publicURL.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
    switch (tlsCertificate, tlsKey, behindProxy) {
    case (let certificate?, let key?, false): settings.transport = .tls(certificate: certificate, key: key)
    case (nil, nil, true): settings.transport = .behindProxy
    case (nil, nil, false): settings.transport = .development
    default:
      throw ValidationError("Give --tls-certificate and --tls-key together, or --behind-proxy alone.")
    }
    return try settings.validated()
  }
}
