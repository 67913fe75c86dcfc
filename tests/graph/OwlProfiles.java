import java.io.File;
import java.util.List;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.model.OWLOntology;
import org.semanticweb.owlapi.profiles.OWLProfileViolation;
import org.semanticweb.owlapi.profiles.Profiles;

/** Prints each violation of OWL 2 DL and of OWL 2 RL in a file, and the number for each profile. */
public final class OwlProfiles {
    public static void main(String[] files) throws Exception {
        OWLOntology ontology = OWLManager.createOWLOntologyManager().loadOntologyFromOntologyDocument(new File(files[0]));
        System.out.println("axioms " + ontology.getAxiomCount());
        for (Profiles profile : List.of(Profiles.OWL2_DL, Profiles.OWL2_RL)) {
            List<OWLProfileViolation> violations = profile.checkOntology(ontology).getViolations();
            violations.forEach(violation -> System.out.println(profile + ": " + violation));
            System.out.println(profile + " " + violations.size());
        }
    }
}
