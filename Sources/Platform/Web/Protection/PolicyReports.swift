import HTTPTypes
import Hummingbird
import Kernel
import Logging

/// Takes what browsers report when a page of ours asked for something that its policy forbids.
package enum PolicyReports {
  /// Adds `POST /csp-report`. The log learns the directive and no address, which could name a person's order.
  package static func addRoute(to routes: inout Routes) {
    routes.post(
      "/csp-report", .stateless, objects: .none,
      limits: [RateLimit("csp-report", 30, per: .minutes(1), by: .address)],
      forgery: .exempt(because: "browsers send reports by themselves; nothing is stored")
    ) { visit in
      let bytes = try await visit.body(limit: .form)
      let report = try JSON(bytes)["csp-report"]
      if case .string(let directive)? = report?["effective-directive"] ?? report?["violated-directive"],
        directive.utf8.count <= 64, directive.utf8.allSatisfy({ $0 >= 32 && $0 < 127 })
      {
        visit.logger.warning("content policy violated", metadata: ["directive": "\(directive)"])
      }
      return Response(status: .noContent)
    }
  }
}
