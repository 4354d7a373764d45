"""What networkx makes of the networks that the Swift tests send, and of the classic ones; JSON in, JSON out."""

import json
import math
import sys

import networkx as nx


def measures(graph: nx.Graph) -> dict:
    size = graph.number_of_nodes()
    plain = graph.to_undirected() if graph.is_directed() else graph
    linked = plain.number_of_edges()
    mutual = graph.to_undirected(reciprocal=True).number_of_edges() if graph.is_directed() else linked
    components = sorted((len(part) for part in nx.connected_components(plain)), reverse=True)
    scores = nx.betweenness_centrality(graph)
    constraint = nx.constraint(graph, weight="weight") if graph.number_of_edges() else {}
    kinds = {node: graph.nodes[node]["kind"] for node in graph}
    mixed = nx.attribute_mixing_matrix(
        graph, "kind", mapping={kind: kind for kind in range(3)}, normalized=False
    ) if graph.number_of_edges() else [[0] * 3] * 3
    inner = sum(kinds[one] == kinds[other] for one, other in graph.edges)
    outer = graph.number_of_edges() - inner
    values = [constraint.get(node, math.nan) for node in range(size)]
    return {
        "density": nx.density(graph),
        "isolates": sorted(nx.isolates(graph)),
        "edge_reciprocity": nx.overall_reciprocity(graph) if graph.is_directed() and linked else None,
        "dyad_reciprocity": mutual / linked if linked else None,
        "components": components,
        "average_clustering": nx.average_clustering(plain),
        "transitivity": nx.transitivity(plain),
        "betweenness": [scores[node] for node in range(size)],
        "constraint": [None if math.isnan(value) else float(value) for value in values],
        "mix": [[int(count) for count in row] for row in mixed],
        "external_internal": (outer - inner) / (outer + inner) if outer + inner else None,
    }


def asked_graph(asked: dict) -> nx.Graph:
    graph = nx.DiGraph() if asked["is_directed"] else nx.Graph()
    graph.add_nodes_from((number, {"kind": kind}) for number, kind in enumerate(asked["kinds"]))
    for one, other, weight in asked["edges"]:
        if one == other:
            continue
        before = graph.get_edge_data(one, other, {"weight": 0})["weight"]
        graph.add_edge(one, other, weight=before + weight)
    return graph


def classic(graph: nx.Graph) -> dict:
    """A data set of networkx with its actors numbered, so that the Swift tests can build it as well."""
    plain = nx.convert_node_labels_to_integers(graph)
    for node in plain:
        plain.nodes[node]["kind"] = node % 3
    edges = [[one, other, data.get("weight", 1)] for one, other, data in plain.edges(data=True)]
    question = {"is_directed": False, "kinds": [node % 3 for node in plain], "edges": edges}
    return {"question": question, "measures": measures(asked_graph(question))}


def main() -> None:
    asked = json.load(sys.stdin)
    women = nx.davis_southern_women_graph()
    json.dump(
        {
            "measures": [measures(asked_graph(one)) for one in asked["networks"]],
            "classics": [
                classic(nx.karate_club_graph()),
                classic(nx.florentine_families_graph()),
                classic(nx.bipartite.weighted_projected_graph(women, women.graph["top"])),
                classic(nx.les_miserables_graph()),
            ],
        },
        sys.stdout,
    )


main()
