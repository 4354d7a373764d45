import Database
import HTTPTypes
import Hummingbird
import Kernel
import Web

/// What machines ask: whether the program lives, whether it can serve, what it measures, what its API is.
struct SystemRoutes {
  let database: Database
  let metrics: PrometheusMetrics
  /// Who may read the metrics.
  let metricsReaders: [AddressBlock]
  let version: String

  func register(on routes: inout Routes) {
    routes.get("/healthz", .stateless, objects: .none) { _ in Self.text("ok\n") }
    routes.get("/readyz", .stateless, objects: .none) { [database] _ in
      do {
        try await database.read { snapshot in try snapshot.answers() }
        return Self.text("ready\n")
      } catch {
        return Self.text("the database does not answer\n", status: .serviceUnavailable)
      }
    }
    routes.get("/metrics", .stateless, objects: .none) { [metrics, metricsReaders] visit in
      let reader = visit.clientAddress
      guard metricsReaders.contains(where: { $0.contains(reader) }) else { throw Problem.notFound }
      ProcessMetrics.record()
      return Self.text(metrics.text(), type: "text/plain; version=0.0.4")
    }
    let document = OpenAPI.document(routes.all, version: version)
    routes.get("/openapi.json", .stateless, objects: .none) { _ in
      Response(
        status: .ok, headers: [.contentType: "application/json"],
        body: ResponseBody(byteBuffer: ByteBuffer(bytes: document)))
    }
  }

  private static func text(
    _ text: String, type: String = "text/plain; charset=utf-8", status: HTTPResponse.Status = .ok
  ) -> Response {
    Response(
      status: status, headers: [.contentType: type, .cacheControl: "no-store"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }
}
