package import Kernel
import Synchronization

/// The parts of a form, with labels, hints and errors tied to their fields for people and screen readers alike.
///
/// ```swift
/// let parts = FormParts(state, say)
/// parts.text("name", Phrase("名称", "Name"), hint: …)
/// ```
package struct FormParts: Sendable {
  private let state: FormState
  private let say: Wording
  private let place: String
  /// What the fields drawn so far are called, so that the summary above them can name them.
  private let labels = Labels()

  private final class Labels: Sendable {
    let byField = Mutex<[String: Phrase]>([:])
  }

  /// - Parameter place: tells the fields of this form from those of another on the same page; empty where there is one.
  package init(_ state: FormState, _ say: Wording, place: String = "") {
    self.state = state
    self.say = say
    self.place = place
  }

  /// A form that posts to a path of ours, with its token and, above the fields, what is wrong.
  ///
  /// - Parameter files: whether files may be chosen in it.
  package func form(
    to path: String, token: String, files: Bool = false, idempotencyKey: String? = nil, _ content: HTML
  ) -> HTML {
    let key: HTML =
      idempotencyKey.map { "<input type=\"hidden\" name=\"idempotency_key\" value=\"\($0)\">" } ?? .empty
    return """
      <form method="post" action="\(path)"\(attribute: "enctype", files ? "multipart/form-data" : nil) \
      class="form" novalidate>\
      <input type="hidden" name="form_token" value="\(token)">\(key)\(summary)\(content)</form>
      """
  }

  /// The list of everything that is wrong, each linked to its field and called as the field is where that was drawn
  /// before; nothing where all is well.
  package var summary: HTML {
    guard !state.allProblems.isEmpty else { return .empty }
    let items = state.allProblems.map { problem -> HTML in
      let line = problem.line.map { say("第 \($0) 行：", "Line \($0): ") } ?? ""
      let label =
        labels.byField.withLock { $0[problem.field] }
        .map { say("\($0.chinese)：", "\($0.english): ") } ?? ""
      return "<li><a href=\"#\(fieldID(problem.field))\">\(line)\(label)\(say(problem.message))</a></li>"
    }
    return """
      <div class="error-summary" role="alert" tabindex="-1"><h2>\(say("请改一改下面这些地方", "Please correct these"))</h2>\
      <ul>\(items)</ul></div>
      """
  }

  /// - Parameter isAlternative: one of several fields of which one is needed: neither required nor called optional.
  package func text(
    _ name: String, _ label: Phrase, hint: Phrase? = nil, type: StaticString = "text",
    isRequired: Bool = true, isAlternative: Bool = false,
    maximumLength: Int? = nil, autocomplete: String? = nil, inputMode: String? = nil
  ) -> HTML {
    let isRequired = isRequired && !isAlternative
    return field(name, label, hint: hint, isRequired: isRequired, isAlternative: isAlternative) {
      description in
      """
      <input class="input" type="\(HTML(stringLiteral: type))" id="\(fieldID(name))" name="\(name)" \
      value="\(shown(name, type))"\(attribute: "maxlength", maximumLength.map(String.init))\
      \(attribute: "autocomplete", autocomplete)\(attribute: "inputmode", inputMode)\
      \(attribute: "required", if: isRequired)\(description)>
      """
    }
  }

  package func number(
    _ name: String, _ label: Phrase, hint: Phrase? = nil, isRequired: Bool = true, suffix: Phrase? = nil
  ) -> HTML {
    affixed(name, label, hint: hint, isRequired: isRequired, inputMode: "numeric", suffix: suffix)
  }

  /// An amount in yuan.
  package func money(_ name: String, _ label: Phrase, hint: Phrase? = nil, isRequired: Bool = true) -> HTML {
    affixed(
      name, label, hint: hint, isRequired: isRequired, inputMode: "decimal", prefix: Phrase(same: "¥"))
  }

  /// A share in per cent.
  package func rate(_ name: String, _ label: Phrase, hint: Phrase? = nil, isRequired: Bool = true) -> HTML {
    affixed(
      name, label, hint: hint, isRequired: isRequired, inputMode: "decimal", suffix: Phrase(same: "%"))
  }

  package func quantity(
    _ name: String, _ label: Phrase, unit: Unit, hint: Phrase? = nil, isRequired: Bool = true
  ) -> HTML {
    affixed(
      name, label, hint: hint, isRequired: isRequired,
      inputMode: unit.decimals == 0 ? "numeric" : "decimal", suffix: unit.name)
  }

  package func dateTime(_ name: String, _ label: Phrase, hint: Phrase? = nil, isRequired: Bool = true) -> HTML
  {
    text(name, label, hint: hint, type: "datetime-local", isRequired: isRequired)
  }

  package func date(_ name: String, _ label: Phrase, hint: Phrase? = nil, isRequired: Bool = true) -> HTML {
    text(name, label, hint: hint, type: "date", isRequired: isRequired)
  }

  /// A file is never shown again: browsers do not allow it, so the hint should say which file is meant.
  package func file(
    _ name: String, _ label: Phrase, hint: Phrase? = nil, accept: String, isRequired: Bool = true
  ) -> HTML {
    field(name, label, hint: hint, isRequired: isRequired) { description in
      """
      <input class="input" type="file" id="\(fieldID(name))" name="\(name)" accept="\(accept)"\
      \(attribute: "required", if: isRequired)\(description)>
      """
    }
  }

  package func textArea(
    _ name: String, _ label: Phrase, hint: Phrase? = nil, rows: Int = 4, isRequired: Bool = true
  ) -> HTML {
    field(name, label, hint: hint, isRequired: isRequired) { description in
      """
      <textarea class="input" id="\(fieldID(name))" name="\(name)" rows="\(rows)"\
      \(attribute: "required", if: isRequired)\(description)>
      \(state.value(name))</textarea>
      """
    }
  }

  /// One choice of a list: values and their names.
  package func select(
    _ name: String, _ label: Phrase, options: [(value: String, name: Phrase)], hint: Phrase? = nil,
    isRequired: Bool = true
  ) -> HTML {
    field(name, label, hint: hint, isRequired: isRequired) { description in
      let chosen = state.value(name)
      let choose: HTML =
        chosen.isEmpty ? "<option value=\"\">\(say("请选择", "Please choose"))</option>" : .empty
      let list = options.map { option -> HTML in
        "<option value=\"\(option.value)\"\(attribute: "selected", if: option.value == chosen)>\(say(option.name))</option>"
      }
      return """
        <select class="input" id="\(fieldID(name))" name="\(name)"\(attribute: "required", if: isRequired)\
        \(description)>\(choose)\(list)</select>
        """
    }
  }

  package func checkbox(_ name: String, _ label: Phrase, value: String = "on", hint: Phrase? = nil) -> HTML {
    """
    <div class="field choice"><label class="choice-label"><input type="checkbox" id="\(fieldID(name))" \
    name="\(name)" value="\(value)"\(attribute: "checked", if: state.has(name, value))\
    \(description(name, hint))> <span>\(say(label))</span></label>\(hintAndError(name, hint))</div>
    """
  }

  /// Several ticks under one name.
  package func checkboxes(
    _ name: String, _ legend: Phrase, options: [(value: String, name: Phrase)], hint: Phrase? = nil
  ) -> HTML {
    choices("checkbox", name, legend, options, hint)
  }

  package func radios(
    _ name: String, _ legend: Phrase, options: [(value: String, name: Phrase)], hint: Phrase? = nil
  ) -> HTML {
    choices("radio", name, legend, options, hint)
  }

  /// Fields that few need, so that a form is short for everybody else. They are seen where something stands in one of them.
  package func folded(_ summary: Phrase, _ names: [String], _ content: HTML) -> HTML {
    """
    <details class="more-fields"\(attribute: "open", if: names.contains { state.concerns($0) })>\
    <summary>\(say(summary))</summary>\(content)</details>
    """
  }

  package func hidden(_ name: String, _ value: String) -> HTML {
    "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">"
  }

  /// The one main button of a form.
  /// - Parameter isQuiet: where another form of the page holds what most will press.
  package func submit(
    _ label: Phrase, name: String? = nil, value: String? = nil, isQuiet: Bool = false
  ) -> HTML {
    """
    <p class="actions"><button class="button\(isQuiet ? " quiet" : "")" type="submit"\(attribute: "name", name)\
    \(attribute: "value", value)>\(say(label))</button></p>
    """
  }

  /// The `id` of a field, to which errors link.
  package func fieldID(_ name: String) -> String {
    place.isEmpty ? "field-\(name)" : "field-\(place)-\(name)"
  }

  private func choices(
    _ type: StaticString, _ name: String, _ legend: Phrase, _ options: [(value: String, name: Phrase)],
    _ hint: Phrase?
  ) -> HTML {
    let list = options.enumerated().map { index, option -> HTML in
      let id = index == 0 ? fieldID(name) : "\(fieldID(name))-\(index)"
      return """
        <label class="choice-label"><input type="\(HTML(stringLiteral: type))" id="\(id)" name="\(name)" \
        value="\(option.value)"\(attribute: "checked", if: state.has(name, option.value))> \
        <span>\(say(option.name))</span></label>
        """
    }
    return """
      <fieldset class="field"\(description(name, hint))><legend>\(say(legend))</legend>\
      \(hintAndError(name, hint))\(list)</fieldset>
      """
  }

  private func affixed(
    _ name: String, _ label: Phrase, hint: Phrase?, isRequired: Bool, inputMode: String,
    prefix: Phrase? = nil, suffix: Phrase? = nil
  ) -> HTML {
    let before: HTML = prefix.map { "<span class=\"affix\" aria-hidden=\"true\">\(say($0))</span>" } ?? .empty
    let after: HTML = suffix.map { "<span class=\"affix\">\(say($0))</span>" } ?? .empty
    return field(name, label, hint: hint, isRequired: isRequired) { description in
      """
      <span class="affixed">\(before)<input class="input short" type="text" inputmode="\(inputMode)" \
      id="\(fieldID(name))" name="\(name)" value="\(state.value(name))"\
      \(attribute: "required", if: isRequired)\(description)>\(after)</span>
      """
    }
  }

  private func field(
    _ name: String, _ label: Phrase, hint: Phrase?, isRequired: Bool, isAlternative: Bool = false,
    _ input: (HTML) -> HTML
  ) -> HTML {
    labels.byField.withLock { $0[name] = label }
    let optional: HTML =
      isRequired || isAlternative ? .empty : " <span class=\"optional\">\(say("（可不填）", "(optional)"))</span>"
    return """
      <div class="field"><label for="\(fieldID(name))">\(say(label))\(optional)</label>\
      \(hintAndError(name, hint))\(input(description(name, hint)))</div>
      """
  }

  private func hintAndError(_ name: String, _ hint: Phrase?) -> HTML {
    let hint: HTML = hint.map { "<p class=\"hint\" id=\"\(fieldID(name))-hint\">\(say($0))</p>" } ?? .empty
    let error: HTML =
      state.problem(name).map {
        "<p class=\"error\" id=\"\(fieldID(name))-error\"><span aria-hidden=\"true\">⚠ </span>\(say($0))</p>"
      } ?? .empty
    return hint + error
  }

  private func description(_ name: String, _ hint: Phrase?) -> HTML {
    let isWrong = state.problem(name) != nil
    let ids = [hint.map { _ in "\(fieldID(name))-hint" }, isWrong ? "\(fieldID(name))-error" : nil]
      .compactMap(\.self)
    let describedBy = ids.isEmpty ? nil : ids.joined(separator: " ")
    return "\(attribute: "aria-describedby", describedBy)\(attribute: "aria-invalid", isWrong ? "true" : nil)"
  }

  /// Passwords are the one thing that is never written back.
  private func shown(_ name: String, _ type: StaticString) -> String {
    type.description == "password" ? "" : state.value(name)
  }
}
