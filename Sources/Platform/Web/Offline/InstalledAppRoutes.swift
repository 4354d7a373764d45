import HTTPTypes
import Hummingbird
import Kernel

/// What makes a telephone of the site: manifest, service worker, the page without network, fresh form tokens, and the page
/// of everything that a short menu leaves out.
package enum InstalledApp {
  /// - Parameter files: the files that are shipped with the program.
  package static func addRoutes(to routes: inout Routes, files: StaticFiles) {
    routes.get(WebManifest.path, .everyone, objects: .none) { visit in
      let language = visit.query("language").flatMap(Language.init) ?? visit.language
      return file(
        WebManifest.document(visit.community, language, files), type: "application/manifest+json")
    }
    let worker = ServiceWorker.script(files.bytes(of: "worker.js"), files)
    routes.get(ServiceWorker.path, .stateless, objects: .none) { _ in
      var response = file(worker, type: "text/javascript; charset=utf-8")
      if let name = HTTPField.Name("Service-Worker-Allowed") { response.headers[name] = "/" }
      return response
    }
    routes.get(OfflinePages.path, .everyone, objects: .none) { visit in
      file(OfflinePages.document(visit.community, files).bytes, type: "text/html; charset=utf-8")
    }
    routes.get(MorePages.path, .everyone, objects: .none) { visit in .page(MorePages.page(visit), visit) }
    addFormToken(to: &routes)
  }

  /// Whoever sends what was written without network asks here whether its owner is still signed in, and for a token.
  private static func addFormToken(to routes: inout Routes) {
    routes.get("/form-token", .everyone, objects: .own("session")) { visit in
      let owner = visit.session.flatMap { $0.isCardSession ? nil : $0.personID }
      let token: String? = visit.session == nil ? nil : visit.formToken
      var json = JSONWriter()
      json.object { json in
        json.field("owner", owner)
        json.field("form_token", token)
      }
      return .json(json)
    }
  }

  private static func file(_ bytes: [UInt8], type: String) -> Response {
    var response = Response.of(bytes, type: type, status: .ok)
    response.headers.append(HTTPField(name: .cacheControl, value: "no-cache"))
    return response
  }
}
