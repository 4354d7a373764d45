import Kernel
import Web

/// The merchant's desk for products, for a telephone held in one hand.
struct ProductDeskPages {
  let merchant: Merchant
  let say: Wording
  let formToken: String

  private var base: String { "/desk/merchants/\(merchant.id)/products" }

  // MARK: - List

  func list(
    _ page: KeysetPage<CatalogueProduct, ProductID>, search: String, isArchived: Bool, isFirst: Bool,
    sizes: PictureSizes, alerts: [HTML]
  ) -> Page {
    let title = say("\(merchant.name.chinese)的商品", "Products of \(merchant.name.english)")
    let query = isArchived ? "?archived=on" : search.isEmpty ? "" : "?q=\(URLEncodedText.encode(search))"
    let more = page.next.map { "\(base)\(query)\(query.isEmpty ? "?" : "&")after=\($0)" }
    return Page(
      title: title,
      main: """
        <p><a href="/desk/merchants/\(merchant.id)">← \(say(merchant.name))</a></p><h1>\(title)</h1>\
        <p class="actions"><a class="button" href="\(base)/new">\(say("加一件商品", "Add a product"))</a>\
        <a class="button quiet" href="\(base)/import">\(say("用表格导入、导出", "Import or export a table"))</a></p>\
        \(isArchived ? archivedHead : searchForm(search))\
        \(page.elements.isEmpty ? nothing(search, isArchived) : .joined(page.elements.map { card($0, sizes) }))\
        \(PageParts.pager(say, previous: isFirst ? nil : base + query, next: more))\
        \(isArchived ? .empty : archivedLink)
        """, alerts: alerts)
  }

  private func searchForm(_ text: String) -> HTML {
    """
    <form class="search" role="search" method="get" action="\(base)">\
    <label class="visually-hidden" for="desk-search">\(say("找商品", "Search products"))</label>\
    <input id="desk-search" type="search" name="q" value="\(text)" maxlength="60" \
    placeholder="\(say("名称、货号或条码", "Name, article number or bar code"))">\
    <button class="button quiet">\(say("找一找", "Search"))</button></form>
    """
  }

  private var archivedHead: HTML {
    "<h2>\(say("已下架", "Off the catalogue"))</h2><p><a href=\"\(base)\">← \(say("在售的商品", "Products on offer"))</a></p>"
  }

  private var archivedLink: HTML {
    "<p><a href=\"\(base)?archived=on\">\(say("看已下架的商品", "Products off the catalogue"))</a></p>"
  }

  private func nothing(_ search: String, _ isArchived: Bool) -> HTML {
    if isArchived { return PageParts.empty(say("没有下架的商品。", "Nothing is off the catalogue.")) }
    if !search.isEmpty {
      return PageParts.empty(say("没有找到「\(search)」。", "Nothing found for “\(search)”."))
    }
    return PageParts.empty(
      say("还没有商品。加一件，或者用表格一次导入。", "No products yet. Add one, or import a table at once."))
  }

  private func card(_ found: CatalogueProduct, _ sizes: PictureSizes) -> HTML {
    let product = found.product
    let lines = found.variants.map { variant -> HTML in
      """
      <li>\(size(variant.details)) <span class="muted">\(variant.details.sku)</span></li>
      """
    }
    let picture: HTML =
      product.picture.flatMap { sizes[$0] }.map {
        """
        <img src="\($0.path(.small))" alt="" width="80" height="60" loading="lazy">
        """
      } ?? .empty
    return """
      <section class="card">\(picture)<h2><a href="/desk/products/\(product.id)">\(say(product.name))</a></h2>\
      <ul>\(lines)</ul></section>
      """
  }

  /// `小份 · 500 克/袋 · ¥3.50 / 袋`, without what was not stated.
  private func size(_ details: Variant.Details) -> String {
    let price = say(WeighedWords.whole(details.price, details.unit, details.weighed?.terms))
    return [say(details.name), say(details.pack), price].filter { !$0.isEmpty }.joined(separator: " · ")
  }

  // MARK: - One product

  /// - Parameters:
  ///   - changedAt: of the product as the person sees it; nil for a new one.
  ///   - variants: how many variants the form shows, the empty one for a new size included.
  func form(
    _ state: FormState, of product: CatalogueProduct?, variants: Int, changedAt: Timestamp?,
    alerts: [HTML] = []
  ) -> Page {
    let title =
      product.map { say("改「\($0.product.name.chinese)」", "Change “\($0.product.name.english)”") }
      ?? say("加一件商品", "Add a product")
    let path = product.map { "/desk/products/\($0.product.id)" } ?? base
    let form = ProductFormPart(parts: FormParts(state, say), state: state, say: say)
    let version: HTML =
      changedAt.map {
        "<input type=\"hidden\" name=\"changed_at\" value=\"\($0.microseconds)\">"
      } ?? .empty
    return Page(
      title: title,
      main: """
        <p><a href="\(base)">← \(say("\(merchant.name.chinese)的商品", "Products of \(merchant.name.english)"))</a></p>\
        <h1>\(title)</h1>\(product.map(standing) ?? .empty)\
        \(FormParts(state, say).form(to: path, token: formToken, "\(version)\(form.content(variants: variants))"))\
        \(product.map(pictureCard) ?? pictureLater)\(product.map(archiving) ?? .empty)
        """, alerts: alerts)
  }

  private func standing(_ found: CatalogueProduct) -> HTML {
    found.product.archivedAt == nil
      ? "<p><a href=\"/products/\(found.product.id)\">\(say("看邻居看到的页面", "See what neighbours see"))</a></p>"
      : "<p>\(PageParts.tag(say("已下架", "Off the catalogue")))</p>"
  }

  private var pictureLater: HTML {
    "<p class=\"hint\">\(say("照片在保存之后加。", "A photo can be added once this is saved."))</p>"
  }

  private func pictureCard(_ found: CatalogueProduct) -> HTML {
    let path = "/desk/products/\(found.product.id)/picture"
    let parts = FormParts(.empty, say)
    let shown: HTML =
      found.product.picture.map {
        "<p><img src=\"/pictures/\($0)/small\" alt=\"\(say("现在的照片", "The present photo"))\"></p>"
      } ?? .empty
    let form = parts.form(
      to: path, token: formToken, files: true,
      """
      \(parts.file("picture", Phrase("照片", "Photo"),
        hint: Phrase("JPEG、PNG 或 WebP，最大 10 MB。拍摄地点等信息会去掉。",
          "JPEG, PNG or WebP, at most 10 MB. Place and camera are taken out."),
        accept: "image/jpeg,image/png,image/webp"))\
      \(parts.submit(found.product.picture == nil ? Phrase("加照片", "Add photo") : Phrase("换照片", "Change photo")))
      """)
    return PageParts.card(say("照片", "Photo"), "\(shown)\(form)")
  }

  private func archiving(_ found: CatalogueProduct) -> HTML {
    let isArchived = found.product.archivedAt != nil
    let path = "/desk/products/\(found.product.id)/\(isArchived ? "restore" : "archive")"
    let hint =
      isArchived
      ? say("重新上架后，邻居和团长又能找到它。", "Neighbours and leaders can find it again then.")
      : say(
        "已经开的团和订单照旧。随时可以重新上架。", "Open group-buys and orders stay as they are; you can bring it back any time."
      )
    return """
      <form method="post" action="\(path)"><input type="hidden" name="form_token" value="\(formToken)">\
      <p class="actions"><button class="button \(isArchived ? "quiet" : "danger")">\
      \(isArchived ? say("重新上架", "Offer it again") : say("下架", "Take off the catalogue"))</button></p>\
      <p class="hint">\(hint)</p></form>
      """
  }
}

/// The fields of a product and its sizes: first what every product needs, the rest folded away until it is wanted.
struct ProductFormPart {
  let parts: FormParts
  let state: FormState
  let say: Wording

  func content(variants: Int) -> HTML {
    let sizes = (0..<max(1, variants)).map { number in variant(number, isLast: number == variants - 1) }
    return """
      \(parts.text("name_zh", Phrase("名称", "Name in Chinese"), maximumLength: ProductRules.nameLength))\
      \(parts.select("category", Phrase("分类", "Category"),
        options: ProductCategory.allCases.map { ($0.rawValue, $0.name) }))\
      \(HTML.joined(sizes))\
      \(parts.text("origin_zh", Phrase("产地", "Origin in Chinese"), hint: Phrase("如：浙江临安", "For example: 浙江临安"),
        isRequired: false, maximumLength: ProductRules.originLength))\
      \(parts.textArea("description_zh", Phrase("介绍", "Description in Chinese"), isRequired: false))\
      \(keeping)\(english)\(parts.submit(Phrase("保存", "Save")))
      """
  }

  // MARK: - Sizes

  private func variant(_ number: Int, isLast: Bool) -> HTML {
    let id = field(number, "id")
    let isStored = !state.value(id).isEmpty
    let ended: HTML =
      isStored
      ? parts.checkbox(field(number, "ended"), Phrase("这种规格不再卖", "No longer sell this size")) : .empty
    let size: HTML = """
      <fieldset class="card"><legend>\(say("规格 \(number + 1)", "Size \(number + 1)"))</legend>\
      \(isStored ? parts.hidden(id, state.value(id)) : .empty)\(required(number))\(weighed(number))\(optional(number))\(ended)</fieldset>
      """
    guard isLast, number > 0, !isStored, !isTyped(number) else { return size }
    return "<details><summary>\(say("再加一种规格", "Add another size"))</summary>\(size)</details>"
  }

  private func required(_ number: Int) -> HTML {
    """
    \(parts.text(field(number, "sku"), Phrase("货号", "Article number"),
      hint: Phrase("您自己的编号，全社区不重复，如 QC-01。", "Your own number, used once in the community, such as QC-01."),
      maximumLength: ProductRules.skuLength))\
    \(parts.money(field(number, "price"), Phrase("价格（每个单位）", "Price for one unit"),
      hint: Phrase("按重量卖的，写每公斤或每斤的价格。", "For goods sold by weight, the price of one kg or 500 g.")))\
    \(parts.select(field(number, "unit"), Phrase("单位", "Unit"), options: Unit.all.map { ($0.code, $0.name) }))\
    \(parts.text(field(number, "pack_zh"), Phrase("包装", "Pack in Chinese"), hint: Phrase("如：500 克/袋", "For example: 500 克/袋"),
      isRequired: false, maximumLength: ProductRules.packLength))
    """
  }

  private func weighed(_ number: Int) -> HTML {
    let fields = WeighedOffer.Field.allCases.map { field(number, $0.rawValue) }
    let bases: [(value: String, name: Phrase)] =
      [(ProductForm.BasisChoice.none.rawValue, Phrase("不按重量卖", "Not by weight"))]
      + WeighedPrice.Basis.allCases.map {
        ($0.rawValue, Phrase("按\($0.name.chinese)", "Per \($0.name.english)"))
      }
    return folded(
      Phrase("按重量卖（订几份，称重后按实际算）", "Sold by weight: ordered by the piece, charged by what it weighs"),
      fields: fields,
      """
      \(parts.select(fields[0], Phrase("价格按", "The price is for"), options: bases, isRequired: false))\
      \(parts.number(fields[1], Phrase("一份大约多重", "What one piece weighs as a rule"), isRequired: false,
        suffix: Unit.gram.name))\
      \(parts.number(fields[2], Phrase("上下浮动", "Tolerance"),
        hint: Phrase("称出来比估价贵多少以内不用再问邻居。", "How much dearer than estimated it may be without asking again."),
        isRequired: false, suffix: Phrase(same: "%")))\
      \(parts.text(fields[3], Phrase("秤签编号", "Label code"),
        hint: Phrase("秤打印的条码里商品的那几位数字；没有秤签就空着。", "The item's digits in the bar code that your scale prints; empty without."),
        isRequired: false, maximumLength: 6, inputMode: "numeric"))
      """, isOpen: WeighedPrice.Basis(rawValue: state.value(fields[0])) != nil)
  }

  private func optional(_ number: Int) -> HTML {
    folded(
      Phrase("规格名、箱规、条码", "Name of this size, case, bar code"),
      fields: ["name_zh", "name_en", "pack_en", "case_size", "gtin"].map { field(number, $0) },
      """
      \(parts.text(field(number, "name_zh"), Phrase("规格名", "Name of this size in Chinese"),
        hint: Phrase("有几种规格时才填，如：小份。", "Only where there are several, such as 小份."), isRequired: false,
        maximumLength: ProductRules.nameLength))\
      \(parts.text(field(number, "name_en"), Phrase("英文规格名", "Name of this size in English"), isRequired: false,
        maximumLength: 2 * ProductRules.nameLength))\
      \(parts.text(field(number, "pack_en"), Phrase("英文包装", "Pack in English"), isRequired: false,
        maximumLength: 2 * ProductRules.packLength))\
      \(parts.number(field(number, "case_size"), Phrase("一箱几个", "Units to a case"),
        hint: Phrase("不按箱送就写 1。", "1 where you do not deliver by the case."), isRequired: false))\
      \(parts.text(field(number, "gtin"), Phrase("条码", "Bar code number"), isRequired: false, maximumLength: 20,
        inputMode: "numeric"))
      """)
  }

  private func field(_ number: Int, _ name: String) -> String { "variants.\(number).\(name)" }

  private func isTyped(_ number: Int) -> Bool {
    ["sku", "price", "pack_zh", "name_zh"].contains { !state.value(field(number, $0)).isEmpty }
  }

  // MARK: - The rest

  private var keeping: HTML {
    """
    \(parts.checkboxes("allergens", Phrase("含有（过敏提示）", "Contains (allergens)"),
      options: Allergen.allCases.map { ($0.rawValue, $0.name) }))\
    \(parts.select("storage", Phrase("怎么存放", "Storage"),
      options: ProductStorage.allCases.map { ($0.rawValue, $0.name) }))\
    \(parts.number("shelf_life_days", Phrase("能放几天", "Keeps for"), isRequired: false, suffix: Phrase("天", "days")))\
    \(parts.text("certificate", Phrase("认证", "Certificates"), hint: Phrase("证书名称和编号。", "Their names and numbers."),
      isRequired: false, maximumLength: ProductRules.certificateLength))
    """
  }

  private var english: HTML {
    folded(
      Phrase("英文内容（空着就用中文）", "In English (the Chinese is shown where this is empty)"),
      fields: ["name_en", "origin_en", "description_en"],
      """
      \(parts.text("name_en", Phrase("英文名称", "Name in English"), isRequired: false,
        maximumLength: 2 * ProductRules.nameLength))\
      \(parts.text("origin_en", Phrase("英文产地", "Origin in English"), isRequired: false,
        maximumLength: 2 * ProductRules.originLength))\
      \(parts.textArea("description_en", Phrase("英文介绍", "Description in English"), isRequired: false))
      """)
  }

  /// Folded away for whoever does not need it; open where something in it is wrong.
  private func folded(
    _ summary: Phrase, fields: [String], _ content: HTML, isOpen: Bool = false
  ) -> HTML {
    let isWrong = fields.contains { state.problem($0) != nil }
    return
      "<details\(attribute: "open", if: isWrong || isOpen)><summary>\(say(summary))</summary>\(content)</details>"
  }
}
