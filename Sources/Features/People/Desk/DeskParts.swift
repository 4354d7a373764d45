import Kernel
import Web

/// Small parts that the pages of the people desk share.
enum DeskParts {
  /// A button that does one thing, as a form of its own.
  static func button(
    _ signedIn: SignedIn, to path: String, _ label: String, fields: [(name: String, value: String)] = [],
    isQuiet: Bool = false, isDanger: Bool = false
  ) -> HTML {
    let hidden = fields.map { "<input type=\"hidden\" name=\"\($0.name)\" value=\"\($0.value)\">" as HTML }
    return """
      <form method="post" action="\(path)"><input type="hidden" name="form_token" value="\(signedIn.formToken)">\(hidden)\
      <button class="button\(isDanger ? " danger" : isQuiet ? " quiet" : "")" type="submit">\(label)</button></form>
      """
  }

  static func tags(_ roles: Set<Role>, _ say: Wording) -> HTML {
    HTML.joined(roles.sorted().map { PageParts.tag(say($0.name)) }, separator: " ")
  }
}
