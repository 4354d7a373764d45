import Kernel
import Web

/// What neighbours read of the community's products, whether or not they can be ordered just now.
struct CataloguePages {
  let say: Wording

  func list(
    _ page: KeysetPage<CatalogueProduct, ProductID>, _ category: ProductCategory?, sizes: PictureSizes,
    isFirst: Bool
  ) -> Page {
    let title = category.map { say($0.name) } ?? say("全部商品", "All products")
    let path = category.map { "/products?category=\($0.rawValue)" } ?? "/products"
    let more = page.next.map { category == nil ? "/products?after=\($0)" : "\(path)&after=\($0)" }
    let body =
      page.elements.isEmpty
      ? PageParts.empty(
        say("这里还没有商品。", "There is nothing here yet."), action: ("/products", say("看全部商品", "See all products"))
      )
      : grid(page.elements, sizes, isUnderHeading: false)
    return Page(
      title: title,
      main: """
        <h1>\(title)</h1>\(StorefrontPages.searchForm("", say))\(categories(category))\(body)\
        \(PageParts.pager(say, previous: isFirst ? nil : path, next: more))
        """)
  }

  /// Products as cards, each leading to its page.
  /// - Parameter isUnderHeading: whether a heading above already says whose products these are.
  func grid(_ products: [CatalogueProduct], _ sizes: PictureSizes, isUnderHeading: Bool) -> HTML {
    let cards = products.map { found -> HTML in
      let merchant: HTML = isUnderHeading ? .empty : "<p class=\"muted\">\(say(found.merchantName))</p>"
      let level: HTML = isUnderHeading ? "h3" : "h2"
      return """
        <li class="product">\(picture(found, sizes))<div class="product-body"><\(level) class="product-name">\
        <a href="/products/\(found.product.id)">\(say(found.product.name))</a></\(level)>\(merchant)\
        \(price(found))</div></li>
        """
    }
    return "<ul class=\"products\">\(cards)</ul>"
  }

  func page(
    _ found: CatalogueProduct, orderable: [(item: ShelfItem, campaign: Campaign)], sizes: PictureSizes,
    reviews: HTML, now: Timestamp
  ) -> Page {
    let product = found.product
    let isListed = product.archivedAt == nil
    let gone: [HTML] =
      isListed ? [] : [PageParts.notice(say("这件商品现在不供应。", "This product is not supplied at present."))]
    let image: HTML =
      product.picture.flatMap { sizes[$0] }.map {
        """
        <img src="\($0.path(.large))" alt="\(say(product.name))" width="\($0.width)" height="\($0.height)">
        """
      } ?? .empty
    return Page(
      title: say(product.name),
      main: """
        <p><a href="/merchants/\(product.merchant)">← \(say(found.merchantName))</a></p>\
        <article class="panel">\(image)<h1>\(say(product.name))</h1>\
        \(TextParts.paragraphs(say(product.details.description), first: "lead"))\
        \(isListed ? self.orderable(orderable, now: now) : .empty)\
        <h2>\(say("规格和平时的价格", "Sizes and usual prices"))</h2>\(sizesTable(found))\(facts(product.details))</article>\(reviews)
        """, alerts: gone)
  }

  /// What is said of a product's origin, keeping and risks.
  func facts(_ details: Product.Details) -> HTML {
    var entries: [(term: String, value: HTML)] = [
      (
        say("分类", "Category"),
        "<a href=\"/products?category=\(details.category.rawValue)\">\(say(details.category.name))</a>"
      )
    ]
    func add(_ term: String, _ value: String) {
      if !value.isEmpty { entries.append((term, "\(value)")) }
    }
    add(say("产地", "Origin"), say(details.origin))
    add(say("过敏提示", "Allergens"), allergens(details.allergens))
    add(say("证明", "Certificate"), details.certificate)
    add(say("怎么存放", "Storage"), say(details.storage.name))
    if let days = details.shelfLifeDays { add(say("保存期", "Keeps for"), say("\(days) 天", "\(days) days")) }
    return PageParts.definitions(entries)
  }

  private func allergens(_ allergens: Set<Allergen>) -> String {
    allergens.isEmpty
      ? say("未申报", "None declared")
      : allergens.sorted().map { say($0.name) }.joined(separator: say("、", ", "))
  }

  private func orderable(_ entries: [(item: ShelfItem, campaign: Campaign)], now: Timestamp) -> HTML {
    guard !entries.isEmpty else {
      return "<p>\(say("这会儿没在团里，下次开团时可能会有。", "It is in no open group-buy just now; perhaps next time."))</p>"
    }
    let items = entries.map { entry -> HTML in
      let standing = CampaignWords.standing(entry.campaign, now: now, say)
      return """
        <li><a href="/campaigns/\(entry.campaign.id)/items/\(entry.item.item.id)">\(say(entry.item.name)) · \
        \(say(entry.item.priceWords))</a> <span class="muted">\(say(entry.campaign.title)) · \(standing.text)</span></li>
        """
    }
    return "<h2>\(say("现在就能订", "To order now"))</h2><ul>\(items)</ul>"
  }

  private func sizesTable(_ found: CatalogueProduct) -> HTML {
    let rows = found.variants.map { variant -> [HTML] in
      let details = variant.details
      let name = details.name.chinese.isEmpty ? say(found.product.name) : say(details.name)
      return [
        "\(name)", "\(say(details.pack))",
        "\(say(WeighedWords.whole(details.price, details.unit, details.weighed?.terms)))",
      ]
    }
    return PageParts.table(
      caption: say("规格", "Sizes"),
      columns: [
        TableColumn(say("规格", "Size")), TableColumn(say("包装", "Pack")),
        TableColumn(say("价格", "Price"), isNumeric: true),
      ], rows: rows)
  }

  private func categories(_ chosen: ProductCategory?) -> HTML {
    let links = ProductCategory.allCases.map { category -> HTML in
      """
      <a class="button quiet" href="/products?category=\(category.rawValue)"\
      \(attribute: "aria-current", category == chosen ? "true" : nil)>\(say(category.name))</a>
      """
    }
    return """
      <details><summary>\(say("按分类看", "By category"))</summary><p class="actions">\(links)</p></details>
      """
  }

  private func picture(_ found: CatalogueProduct, _ sizes: PictureSizes) -> HTML {
    guard let picture = found.product.picture.flatMap({ sizes[$0] }) else {
      return "<span class=\"product-picture\" aria-hidden=\"true\"></span>"
    }
    return """
      <a href="/products/\(found.product.id)" tabindex="-1" aria-hidden="true"><img class="product-picture" \
      src="\(picture.path(.small))" alt="" width="\(picture.width)" height="\(picture.height)" loading="lazy"></a>
      """
  }

  private func price(_ found: CatalogueProduct) -> HTML {
    guard let lowest = found.cheapest else { return .empty }
    let from = found.variants.count > 1 ? say("起", " up") : ""
    let terms = lowest.weighed?.terms
    let expectation: HTML =
      WeighedWords.expectation(lowest.price, lowest.unit, terms).map { "<p class=\"hint\">\(say($0))</p>" }
      ?? .empty
    return """
      <p class="price">\(say.money(lowest.price))\(from) <span class="unit">/ \(say(WeighedWords.measure(lowest.unit, terms)))</span></p>\
      \(expectation)
      """
  }
}
