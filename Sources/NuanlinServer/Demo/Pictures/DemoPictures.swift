/// The pictures of the demo neighbourhood, drawn by code: SVG without script, style or anything from outside.
package enum DemoPictures {
  /// The drawing for one product; the same product always gives the same bytes.
  package static func product(_ product: DemoProduct) -> String {
    picture(product.shape, product.tint, seed: product.key)
  }

  /// One shape in one set of colours; `seed` chooses setting and irregularity. 400 by 300, at most 6 KB.
  static func picture(_ shape: DemoShape, _ tint: DemoTint, seed: String) -> String {
    var sketch = DemoSketch(seed: seed, tint: tint)
    sketch.setting()
    sketch.draw(shape)
    return document(width: 400, height: 300, sketch.elements)
  }

  static func document(width: Int, height: Int, _ elements: String) -> String {
    """
    <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" viewBox="0 0 \(width) \(height)" role="img">
    <g stroke="\(DemoSketch.line)" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round">
    \(elements)</g>
    </svg>

    """
  }
}
