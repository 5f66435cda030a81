/**
 * Reports of replays: read from their topic, checked, and shown as text, JSON, HTML and Markdown.
 */
package io.logitflow.launcher.replay;
