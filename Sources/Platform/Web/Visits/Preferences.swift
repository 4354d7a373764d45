import HTTPTypes
import Hummingbird
package import Kernel

/// Language and elder view: a person's settings, a browser's where nobody is signed in, a switch on every page.
package enum Preferences {
  /// Cookie, then `Accept-Language`, then Chinese.
  static func language(_ fields: HTTPFields, isSecure: Bool) -> Language {
    let name = Cookies.name(CookieName.language, isSecure: isSecure)
    if let chosen = Cookies.value(name, in: fields).flatMap(Language.init) { return chosen }
    return fields.first(.acceptLanguage).map(preferred) ?? .chinese
  }

  static func isElderView(_ fields: HTTPFields, isSecure: Bool) -> Bool {
    Cookies.value(Cookies.name(CookieName.elderView, isSecure: isSecure), in: fields) == "on"
  }

  /// The best of our languages in an `Accept-Language` field; Chinese where it names neither.
  static func preferred(_ field: String) -> Language {
    var best: (language: Language, weight: Double) = (.chinese, 0)
    for part in field.split(separator: ",").prefix(20) {
      let pieces = part.split(separator: ";")
      let tag = pieces.first.map { $0.filter { $0 != " " }.lowercased() } ?? ""
      var weight = 1.0
      for piece in pieces.dropFirst() {
        let trimmed = piece.filter { $0 != " " }
        if trimmed.hasPrefix("q=") { weight = Double(trimmed.dropFirst(2)) ?? 0 }
      }
      let language = Language.allCases.first { tag == $0.rawValue || tag.hasPrefix("\($0.rawValue)-") }
      if let language, weight > best.weight { best = (language, weight) }
    }
    return best.language
  }

  /// Adds `POST /preferences`, which the switches on every page use.
  ///
  /// - Parameter save: keeps a signed-in person's choice; nil leaves that setting alone. Where nobody is signed in a
  ///   cookie keeps it.
  package static func addRoute(
    to routes: inout Routes,
    save:
      @escaping @Sendable (_ session: Session, _ language: Language?, _ elderView: Bool?) async throws -> Void
  ) {
    routes.post("/preferences", .everyone, objects: .own("settings")) { visit in
      let form = try await visit.form()
      let language = try form["language"].flatMap(Language.init)
      let elderView = try form["elder"].map { $0 == "on" }
      var response = Response.redirect(to: try form["back"] ?? "/")
      if let session = visit.session {
        try await save(session, language, elderView)
      } else {
        let isSecure = visit.site.isSecure
        if let language {
          response.headers.append(
            Cookies.field(CookieName.language, language.rawValue, isSecure: isSecure, maximumAge: year))
        }
        if let elderView {
          response.headers.append(
            Cookies.field(
              CookieName.elderView, elderView ? "on" : "off", isSecure: isSecure, maximumAge: year))
        }
      }
      return response
    }
  }

  private static let year = 31_536_000
}
