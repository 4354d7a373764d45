import Kernel
import Web

/// What somebody said of a situation, and the fields that ask for it.
struct FactParts {
  let say: Wording

  /// More answers than these are typed instead of tapped.
  private static let mostAnswers = 6
  private static let unsaid = Phrase("不想说 / 不知道", "Rather not say / not known")

  /// What was said, fact by fact.
  func list(_ facts: FactSheet) -> HTML {
    PageParts.definitions(
      facts.facts.compactMap { fact in
        facts[fact].map { (say(fact.name), HTML(text: say(FactWords.value($0, of: fact)))) }
      })
  }

  /// What was said, to be sent again with the form in which it stands: in the page alone, never in an address.
  func hidden(_ facts: FactSheet) -> HTML {
    let fields = facts.facts.compactMap { fact in
      facts[fact].map { value -> HTML in
        "<input type=\"hidden\" name=\"\(FactForm.field(fact))\" value=\"\(FactForm.text(value))\">"
      }
    }
    return HTML.joined(fields)
  }

  /// Asks for one fact with a tap: numbers by the bands that the rules tell apart, so that no more is asked than they need.
  ///
  /// - Parameter cells: the values of the fact, as far as they are told apart.
  func asked(_ fact: EligibilityFact, _ cells: [FactValue], _ parts: FormParts) -> HTML {
    let name = FactForm.field(fact)
    guard cells.count <= Self.mostAnswers else {
      return parts.text(
        name, fact.question, hint: fact.reason, isRequired: false, maximumLength: 9, inputMode: "numeric")
    }
    let answers = cells.map { (FactForm.text($0), FactWords.value($0, of: fact)) }
    return parts.radios(
      name, fact.question, options: answers + [(FactForm.unsaid, Self.unsaid)], hint: fact.reason)
  }

  /// Asks whoever writes an example for an exact value.
  func exact(_ fact: EligibilityFact, _ parts: FormParts) -> HTML {
    let name = FactForm.field(fact)
    let open = (FactForm.unsaid, Phrase("没说", "Not said"))
    switch fact.kind {
    case .number(_, let unit): return parts.number(name, fact.name, isRequired: false, suffix: unit)
    case .choice(let choices):
      return parts.select(name, fact.name, options: [open] + choices.map { ($0.rawValue, $0.name) })
    case .yesNo:
      return parts.select(
        name, fact.name,
        options: [open] + [
          ("yes", FactWords.answer(true, of: fact)), ("no", FactWords.answer(false, of: fact)),
        ])
    }
  }
}
