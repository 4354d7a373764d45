/// How something stands. Shown by an icon and words; the colour only repeats them.
package enum Tone: String, Sendable {
  case good
  case notice
  case bad
  case neutral

  var icon: StaticString {
    switch self {
    case .good: "✓"
    case .notice: "!"
    case .bad: "✕"
    case .neutral: "•"
    }
  }
}

/// The parts that pages are put together from.
package enum PageParts {
  /// A word about a state, with its icon.
  package static func tag(_ text: String, _ tone: Tone = .neutral) -> HTML {
    """
    <span class="tag \(tone.rawValue)"><span aria-hidden="true">\(HTML(stringLiteral: tone.icon))</span> \(text)</span>
    """
  }

  /// A message above the content, read out when it appears.
  package static func notice(_ text: String, _ tone: Tone = .notice) -> HTML {
    """
    <p class="notice \(tone.rawValue)" role="\(tone == .bad ? "alert" : "status")">\
    <span class="notice-icon" aria-hidden="true">\(HTML(stringLiteral: tone.icon))</span> \(text)</p>
    """
  }

  package static func card(_ title: String, href: String? = nil, _ content: HTML) -> HTML {
    let heading: HTML = href.map { "<a href=\"\($0)\">\(title)</a>" } ?? HTML(text: title)
    return "<section class=\"card\"><h2>\(heading)</h2>\(content)</section>"
  }

  /// What somebody typed, line by line. Browsers end lines of a form with two signs, which are one character here.
  package static func lines(_ text: String) -> HTML {
    HTML.joined(
      text.split(whereSeparator: \.isNewline).enumerated().map { index, line in
        index == 0 ? HTML(text: String(line)) : "<br>\(String(line))"
      })
  }

  /// Terms and what is said of them.
  package static func definitions(_ entries: [(term: String, value: HTML)]) -> HTML {
    let rows = entries.map { "<div><dt>\($0.term)</dt><dd>\($0.value)</dd></div>" as HTML }
    return "<dl class=\"definitions\">\(rows)</dl>"
  }

  /// A table that becomes a list of cards on a telephone, each value under the name of its column.
  ///
  /// - Parameter isCaptionShown: false where a heading above says the same; it is then read aloud only.
  package static func table(
    caption: String, isCaptionShown: Bool = true, columns: [TableColumn], rows: [[HTML]]
  ) -> HTML {
    let head = columns.map { column -> HTML in
      "<th scope=\"col\"\(attribute: "class", column.isNumeric ? "number" : nil)>\(column.name)</th>"
    }
    let body = rows.map { cells -> HTML in
      let cells = zip(columns, cells).map { column, cell -> HTML in
        "<td data-label=\"\(column.name)\"\(attribute: "class", column.isNumeric ? "number" : nil)>\(cell)</td>"
      }
      return "<tr>\(cells)</tr>"
    }
    return """
      <div class="table-frame" tabindex="0" role="region" aria-label="\(caption)"><table class="stacking">\
      <caption\(attribute: "class", isCaptionShown ? nil : "visually-hidden")>\(caption)</caption><thead><tr>\(head)</tr></thead><tbody>\(body)</tbody></table></div>
      """
  }

  /// Links to the pages before and after, by cursor.
  package static func pager(_ say: Wording, previous: String?, next: String?) -> HTML {
    guard previous != nil || next != nil else { return .empty }
    let before: HTML =
      previous.map { "<a class=\"button quiet\" rel=\"prev\" href=\"\($0)\">← \(say("上一页", "Previous"))</a>" }
      ?? .empty
    let after: HTML =
      next.map { "<a class=\"button quiet\" rel=\"next\" href=\"\($0)\">\(say("下一页", "Next")) →</a>" }
      ?? .empty
    return "<nav class=\"pager\" aria-label=\"\(say("翻页", "Pages"))\">\(before)\(after)</nav>"
  }

  /// What is shown where there is nothing yet, and what to do about it.
  package static func empty(_ text: String, action: (path: String, name: String)? = nil) -> HTML {
    let link: HTML = action.map { "<p><a class=\"button\" href=\"\($0.path)\">\($0.name)</a></p>" } ?? .empty
    return "<div class=\"empty\"><p>\(text)</p>\(link)</div>"
  }

  /// A form of nothing but one button, for a row of `actions`.
  ///
  /// - Parameters:
  ///   - key: under which it is done once; nil where doing it twice is the same as doing it once.
  ///   - fields: what is sent besides, unseen.
  package static func button(
    _ label: String, to path: String, token: String, key: String? = nil, _ fields: [(String, String)] = [],
    isQuiet: Bool = false, isDanger: Bool = false
  ) -> HTML {
    pressed(to: path, token, key, fields, press(label, isQuiet, isDanger))
  }

  /// The same as a line of its own.
  package static func loneButton(
    _ label: String, to path: String, token: String, key: String? = nil, _ fields: [(String, String)] = [],
    isQuiet: Bool = false
  ) -> HTML {
    pressed(to: path, token, key, fields, "<p class=\"actions\">\(press(label, isQuiet, false))</p>")
  }

  private static func press(_ label: String, _ isQuiet: Bool, _ isDanger: Bool) -> HTML {
    "<button class=\"\(isDanger ? "button danger" : isQuiet ? "button quiet" : "button")\" type=\"submit\">\(label)</button>"
  }

  private static func pressed(
    to path: String, _ token: String, _ key: String?, _ fields: [(String, String)], _ button: HTML
  ) -> HTML {
    let sent = [("form_token", token)] + (key.map { [("idempotency_key", $0)] } ?? []) + fields
    let hidden = sent.map { "<input type=\"hidden\" name=\"\($0.0)\" value=\"\($0.1)\">" as HTML }
    return "<form method=\"post\" action=\"\(path)\">\(hidden)\(button)</form>"
  }

  /// The steps of a way, with where the person stands.
  ///
  /// - Parameter current: index of the step that is being done.
  package static func steps(_ names: [String], current: Int) -> HTML {
    let items = names.enumerated().map { index, name -> HTML in
      let state = index < current ? "done" : index == current ? "now" : "later"
      return """
        <li class="\(state)"\(attribute: "aria-current", index == current ? "step" : nil)>\
        <span class="step-number" aria-hidden="true">\(index + 1)</span>\(name)</li>
        """
    }
    return "<ol class=\"steps\">\(items)</ol>"
  }

  /// How far something is, as a bar and in words.
  package static func progress(_ value: Int, of whole: Int, label: String, live: String? = nil) -> HTML {
    let bounded = max(0, min(value, whole))
    return """
      <div class="progress"><progress max="\(max(1, whole))" value="\(bounded)"\
      \(attribute: "data-live-value", live)>\(label)</progress><span\(attribute: "data-live", live)>\(label)</span></div>
      """
  }
}

/// One column of a table.
package struct TableColumn: Sendable {
  package let name: String
  package let isNumeric: Bool

  package init(_ name: String, isNumeric: Bool = false) {
    self.name = name
    self.isNumeric = isNumeric
  }
}
