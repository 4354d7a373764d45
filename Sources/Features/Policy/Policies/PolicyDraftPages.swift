import Kernel
import Web

/// The form in which a version is written.
struct PolicyDraftPages {
  let say: Wording
  let token: String

  /// What the form may lead on from.
  struct Frame: Sendable {
    /// Nil for a policy that is new.
    let policy: PolicyID?
    /// The revision of the draft that is gone on with; 0 where there is none.
    let seen: Int64
    /// Whether no version was published yet, so that nothing can have changed.
    let isFirst: Bool
    /// The policies that this one may replace.
    let replaceable: [(id: PolicyID, title: Phrase)]
  }

  func form(_ frame: Frame, key: String, _ state: FormState, alerts: [HTML]) -> Page {
    let fields = FormParts(state, say)
    let title =
      frame.policy == nil
      ? say("写一项政策", "Write a policy")
      : frame.seen > 0 ? say("接着写", "Go on writing") : say("写新的一版", "Write the next version")
    let path = frame.policy.map { "\(PolicyDeskPages.path($0))/draft" } ?? PolicyDeskPages.base
    let back = frame.policy.map { PolicyDeskPages.path($0) } ?? PolicyDeskPages.base
    let form = fields.form(
      to: path, token: token, files: true, idempotencyKey: key,
      """
      \(fields.hidden("seen", "\(frame.seen)"))\(frame.isFirst ? .empty : changed(fields))\(plain(fields))\
      \(window(fields))\(benefits(fields, state))\(paper(fields, frame, state))\(english(fields, state))\
      \(fields.submit(Phrase("保存草稿", "Keep the draft")))
      """)
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1><p class="lead">\(say("写给奶奶也看得懂。保存后请督导或居委会看过再发布。", "So that a grandmother understands it. A supervisor or the committee reads it before it is published."))</p>\
        \(form)<p><a href="\(back)">\(say("返回", "Back"))</a></p>
        """, alerts: alerts)
  }

  private func changed(_ fields: FormParts) -> HTML {
    fields.text(
      "what_changed", Phrase("这次改了什么", "What has changed"),
      hint: Phrase("一句话，居民最先看到。比如：补贴从每月 60 元加到 80 元。", "One sentence, which neighbours read first."),
      isRequired: false, maximumLength: 300)
  }

  private func plain(_ fields: FormParts) -> HTML {
    """
    \(fields.text("title", Phrase("名称", "Title"), maximumLength: 120))\
    \(fields.select("field", Phrase("哪方面", "Field"), options: PolicyField.allCases.map { ($0.rawValue, $0.name) }))\
    \(fields.textArea("summary", Phrase("一看就懂", "In plain words"), hint: Phrase("两三句话：给谁、给什么、到哪里办。", "Two or three sentences: for whom, what, where.")))\
    \(fields.textArea("audience", Phrase("给谁的", "Who it is for"), rows: 3))\
    \(fields.textArea("steps", Phrase("怎么办", "How to apply"), hint: Phrase("一步一行", "One step a line"), rows: 5))\
    \(fields.textArea("documents", Phrase("要带什么", "What to bring"), hint: Phrase("一样一行", "One thing a line"), isRequired: false))
    """
  }

  private func window(_ fields: FormParts) -> HTML {
    """
    \(fields.text("place", Phrase("在哪里办", "Where"), isRequired: false, maximumLength: 200))\
    \(fields.text("hours", Phrase("几点办", "Opening hours"), isRequired: false, maximumLength: 200))\
    \(fields.text("phone", Phrase("窗口电话", "Telephone of the window"), type: "tel", isRequired: false, maximumLength: 40, inputMode: "tel"))
    """
  }

  private func benefits(_ fields: FormParts, _ state: FormState) -> HTML {
    let rows = (1...PolicyContentForm.benefits).map { number -> HTML in
      """
      \(fields.text("benefit_what_\(number)", Phrase("第 \(number) 样", "Item \(number)"), isRequired: false, maximumLength: 100))\
      \(fields.text("benefit_amount_\(number)", Phrase("多少", "How much"), isRequired: false, maximumLength: 15, inputMode: "decimal"))\
      \(fields.select("benefit_unit_\(number)", Phrase("单位", "Unit"), options: PolicyBenefit.Unit.allCases.map { ($0.rawValue, $0.name) }, isRequired: false))\
      \(fields.select("benefit_period_\(number)", Phrase("多久一次", "How often"), options: PolicyBenefit.Period.allCases.map { ($0.rawValue, $0.name) }, isRequired: false))
      """
    }
    return """
      <details\(attribute: "open", if: isWrong("benefit_", state))><summary>\(say("能得到什么（最多 \(PolicyContentForm.benefits) 样）", "What people get (up to \(PolicyContentForm.benefits) things)"))</summary>\(rows)</details>
      """
  }

  private func paper(_ fields: FormParts, _ frame: Frame, _ state: FormState) -> HTML {
    let none = state.value("replaces").isEmpty ? [] : [(value: "", name: Phrase("没有替代", "Nothing"))]
    let replaceable = frame.replaceable.map { (value: $0.id.description, name: $0.title) }
    let replaces: HTML =
      replaceable.isEmpty
      ? .empty
      : fields.select(
        "replaces", Phrase("替代哪一项", "It replaces"),
        options: none + replaceable, isRequired: false)
    return """
      <h2>\(say("文件本身", "The paper itself"))</h2>\
      \(fields.text("issuer", Phrase("谁发的", "Issued by"), maximumLength: 100))\
      \(fields.text("number", Phrase("文号", "Document number"), isRequired: false, maximumLength: 60))\
      \(fields.select("level", Phrase("哪一级", "Level"), options: PolicyLevel.allCases.map { ($0.rawValue, $0.name) }))\
      \(fields.text("area", Phrase("哪里适用", "Where it applies"), maximumLength: 200))\
      \(fields.date("issued", Phrase("发文日期", "Issued on")))\(fields.date("effective", Phrase("从哪天起", "In force from")))\
      \(fields.date("expires", Phrase("到哪天止", "In force until"), hint: Phrase("最后有效的那天；文件没写就空着", "The last day on which it holds; empty where the paper names none"), isRequired: false))\
      \(fields.text("source", Phrase("原文网址", "Web address of the paper"), isRequired: false, maximumLength: 500, inputMode: "url"))\
      \(file(fields, state))\(replaces)
      """
  }

  /// Whether something is wrong with a field of a part that is folded away otherwise.
  private func isWrong(_ prefix: String, _ state: FormState) -> Bool {
    state.allProblems.contains { $0.field.hasPrefix(prefix) }
  }

  private func file(_ fields: FormParts, _ state: FormState) -> HTML {
    let earlier = state.value("file_digest")
    let kept: HTML =
      earlier.isEmpty
      ? .empty
      : """
      \(fields.hidden("file_digest", earlier))<p class="hint">\(say("已有指纹：", "Fingerprint so far: "))<code>\(earlier)</code></p>\
      \(fields.checkbox("file_removed", Phrase("去掉这个指纹", "Remove this fingerprint")))
      """
    return fields.file(
      "file", Phrase("您读的原件", "The file that you read"),
      hint: Phrase(
        "只算出指纹，文件不保存；以后谁都能核对是不是同一份。",
        "Only its fingerprint is kept, not the file, so that anybody can see whether theirs is the same."),
      accept: ".pdf,.doc,.docx,.ofd,image/*", isRequired: false) + kept
  }

  private func english(_ fields: FormParts, _ state: FormState) -> HTML {
    """
    <details\(attribute: "open", if: isWrong("english_", state))><summary>\(say("英文（给看英文的邻居）", "English (for neighbours who read it)"))</summary>\
    \(fields.text("english_title", Phrase("英文名称", "English title"), isRequired: false, maximumLength: 200))\
    \(fields.textArea("english_summary", Phrase("英文说明", "In English"), isRequired: false))\
    \(fields.textArea("english_steps", Phrase("英文的办法", "How to apply, in English"), hint: Phrase("一步一行", "One step a line"), isRequired: false))</details>
    """
  }
}
