import Kernel
import Web

/// The fields with which an answer to a notice is written down, at the desk and wherever else one is asked.
struct ConsentFields {
  let parts: FormParts

  var span: HTML {
    parts.radios(
      "span", Phrase("同意多久", "For how long"), options: ConsentSpan.allCases.map { ($0.rawValue, $0.name) })
  }

  func answers(_ say: Wording) -> HTML {
    """
    <p class="actions"><button class="button" type="submit" name="answer" value="given">\(say("同意", "Yes"))</button> \
    <button class="button" type="submit" name="answer" value="refused">\(say("不同意", "No"))</button></p>
    """
  }

  /// How somebody said so, where another writes it down.
  func evidence(_ witnesses: [(id: PersonID, name: Phrase)]) -> HTML {
    let methods: [ConsentEvidence.Method] = [.written, .spokenWithWitness]
    return """
      \(parts.select("given_by", Phrase("谁同意的", "Who agreed"), options: ConsentEvidence.Giver.allCases.map { ($0.rawValue, $0.name) }))\
      \(chosen("giver", Phrase("不是本人的话，是谁", "If not the person: who"), witnesses))\
      \(parts.radios("method", Phrase("怎么说的", "How"), options: methods.map { ($0.rawValue, $0.name) }))\
      \(parts.select("witness", Phrase("见证人", "Witness"), options: witnesses.map { ($0.id.description, $0.name) }, hint: Phrase("口头同意或代写一定要有。", "Needed for the spoken word and where somebody else wrote."), isRequired: false))\
      \(parts.select("place", Phrase("在哪里", "Where"), options: MandateEvidence.Place.allCases.map { ($0.rawValue, $0.name) }))
      """
  }

  var picture: HTML {
    parts.file(
      "picture", Phrase("签了字的纸，拍一张", "A photo of the signed paper"),
      hint: Phrase("加密保存。", "Kept encrypted."), accept: "image/jpeg,image/png,image/webp", isRequired: false)
  }

  func chosen(_ name: String, _ label: Phrase, _ people: [(id: PersonID, name: Phrase)]) -> HTML {
    var options = people.map { (value: $0.id.description, name: $0.name) }
    options.append((ChosenPerson.byPhone, Phrase("下面这个电话的主人", "Whoever has the number below")))
    return """
      \(parts.select(name, label, options: options, isRequired: false))\
      \(parts.text("\(name)_phone", Phrase("这位的电话", "Their telephone number"), type: "tel", isRequired: false, maximumLength: 40, inputMode: "tel"))
      """
  }
}
