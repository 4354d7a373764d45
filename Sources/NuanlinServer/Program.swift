import Database
import Foundation
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Kernel
import Logging
import Metrics
import NIOSSL
import People
import ServiceLifecycle
import Web

/// The program as a whole: opens the database, joins the features, serves them or looks them over.
package struct Program: Sendable {
  package static let version = "0.1.0"

  package let settings: Settings
  let logger: Logger

  package init(_ settings: Settings) {
    self.settings = settings
    var logger = Logger(label: "nuanlin")
    logger.logLevel = .notice
    self.logger = logger
  }

  /// Opens the database and joins all features over it. The caller closes what it gets.
  package func open() async throws -> Switchboard {
    try await Switchboard.open(settings, logger: logger)
  }

  /// Serves until the process is asked to stop (SIGTERM, SIGINT), then finishes what is under way.
  package func serve() async throws {
    let metrics = PrometheusMetrics()
    MetricsSystem.bootstrap(metrics)
    let switchboard = try await open()
    try await switchboard.people.addNotices()
    let site = switchboard.site()
    let router = Router(context: WebContext.self)
    switchboard.routes(metrics: metrics).install(on: router, site: site)
    let application = Application(
      router: router, server: try server(site),
      configuration: ApplicationConfiguration(
        address: .hostname(settings.host, port: settings.port), serverName: nil,
        backlog: 1024,
        availableConnectionsDelegate: WebServer.availableConnections(settings.limits, logger: logger)),
      services: [switchboard.backgroundWork(logger: logger)], logger: logger)
    do {
      try await application.runService()
    } catch {
      await switchboard.close()
      throw error
    }
    await switchboard.close()
  }

  private func server(_ site: Site) throws -> HTTPServerBuilder {
    guard case .tls(let certificate, let key) = settings.transport else { return WebServer.http1(site) }
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: try NIOSSLCertificate.fromPEMFile(certificate).map { .certificate($0) },
      privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem)))
    configuration.minimumTLSVersion = .tlsv12
    return try .tls(.http1(configuration: WebServer.configuration(site)), tlsConfiguration: configuration)
  }
}
