// Renders the chart without helm, whose template engine is Go's text/template with sprig's functions. Debian packages both; this program
// adds what helm itself adds. It does not support dependencies, hooks or capabilities, which the chart does not use.
//
//	render CHART RELEASE NAMESPACE [VALUES.yaml…]
package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig"
	"gopkg.in/yaml.v3"
)

// The order in which helm installs kinds; others come last.
var order = strings.Fields("NetworkPolicy PodDisruptionBudget ServiceAccount Secret ConfigMap Service Deployment HorizontalPodAutoscaler Job CronJob Ingress")

type files string

// Get implements .Files.Get.
func (root files) Get(name string) string {
	text, err := os.ReadFile(filepath.Join(string(root), name))
	check(err)
	return string(text)
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "render:", err)
		os.Exit(1)
	}
}

func read(path string) map[string]interface{} {
	text, err := os.ReadFile(path)
	check(err)
	values := map[string]interface{}{}
	check(yaml.Unmarshal(text, &values))
	return values
}

// merge merges maps and replaces everything else, as helm does with values.
func merge(into, from map[string]interface{}) {
	for key, value := range from {
		old, wasMap := into[key].(map[string]interface{})
		if new, isMap := value.(map[string]interface{}); wasMap && isMap {
			merge(old, new)
		} else {
			into[key] = value
		}
	}
}

func toYaml(value interface{}) string {
	var text bytes.Buffer
	encoder := yaml.NewEncoder(&text)
	encoder.SetIndent(2)
	check(encoder.Encode(value))
	return strings.TrimSuffix(text.String(), "\n")
}

func main() {
	chart := os.Args[1]
	values := read(filepath.Join(chart, "values.yaml"))
	for _, more := range os.Args[4:] {
		merge(values, read(more))
	}

	about := read(filepath.Join(chart, "Chart.yaml"))
	named := map[string]interface{}{}
	for key, value := range about {
		named[strings.ToUpper(key[:1])+key[1:]] = value
	}

	all := template.New("chart").Option("missingkey=zero")
	functions := sprig.TxtFuncMap()
	functions["toYaml"] = toYaml
	functions["fromYaml"] = func(text string) map[string]interface{} {
		value := map[string]interface{}{}
		check(yaml.Unmarshal([]byte(text), &value))
		return value
	}
	// Without a cluster there is nothing to look up.
	functions["lookup"] = func(version, kind, namespace, name string) map[string]interface{} { return map[string]interface{}{} }
	functions["required"] = func(message string, value interface{}) (interface{}, error) {
		if value == nil || value == "" {
			return nil, fmt.Errorf("%s", message)
		}
		return value, nil
	}
	functions["include"] = func(name string, data interface{}) (string, error) {
		var text bytes.Buffer
		err := all.ExecuteTemplate(&text, name, data)
		return text.String(), err
	}
	all.Funcs(functions)
	paths, err := filepath.Glob(filepath.Join(chart, "templates", "*"))
	check(err)
	prefix := fmt.Sprint(about["name"], "/templates")
	for _, path := range paths {
		text, err := os.ReadFile(path)
		check(err)
		_, err = all.New(prefix + "/" + filepath.Base(path)).Parse(string(text))
		check(err)
	}

	data := map[string]interface{}{
		"Values":   values,
		"Chart":    named,
		"Files":    files(chart),
		"Release":  map[string]interface{}{"Name": os.Args[2], "Namespace": os.Args[3], "Service": "Helm", "Revision": 1, "IsInstall": true, "IsUpgrade": false},
		"Template": map[string]interface{}{"BasePath": prefix},
	}
	type document struct {
		place int
		text  string
	}
	var documents []document
	for _, path := range paths {
		name := prefix + "/" + filepath.Base(path)
		if !strings.HasSuffix(path, ".yaml") {
			continue
		}

		var text bytes.Buffer
		check(all.ExecuteTemplate(&text, name, data))
		for _, part := range strings.Split("\n"+text.String(), "\n---\n") {
			if part = strings.TrimSpace(part); part == "" {
				continue
			}

			var head struct{ Kind string }
			check(yaml.Unmarshal([]byte(part), &head))
			place := len(order)
			for i, kind := range order {
				if kind == head.Kind {
					place = i
				}
			}

			documents = append(documents, document{place, "---\n# Source: " + name + "\n" + part + "\n"})
		}
	}

	sort.SliceStable(documents, func(i, j int) bool { return documents[i].place < documents[j].place })
	for _, one := range documents {
		fmt.Print(one.text)
	}
}
